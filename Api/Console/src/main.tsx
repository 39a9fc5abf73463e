import './styles/tokens.css';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { RouterProvider } from 'react-router';
import { useKey } from './account/credential';
import { SignIn } from './account/SignIn';
import { Problem } from './api/problem';
import { router } from './router';

const client = new QueryClient({
  defaultOptions: { queries: { staleTime: 15_000, retry: (n, e) => n < 2 && e instanceof Problem && e.transient } },
});

/** Without a key there is nothing but the sign-in page; the address is kept, so that signing in leads back to it. */
function App() {
  return useKey() === undefined ? <SignIn /> : <RouterProvider router={router} />;
}

const root = document.getElementById('root');
if (!root) throw new Error('no root element');
createRoot(root).render(<StrictMode><QueryClientProvider client={client}><App /></QueryClientProvider></StrictMode>);
