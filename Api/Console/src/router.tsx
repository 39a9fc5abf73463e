import { createBrowserRouter, Navigate } from 'react-router';
import { Broken } from './ui/Broken';
import { Shell } from './ui/Shell';

/** A feature is a folder with its own lazy routes; a new page is one entry here and one in the shell's list. */
export const router = createBrowserRouter([
  {
    element: <Shell />,
    errorElement: <Broken />,
    HydrateFallback: () => null,
    children: [
      { path: '/', element: <Navigate to="/sessions" replace /> },
      {
        path: '/sessions',
        errorElement: <Broken />,
        lazy: async () => ({ Component: (await import('./sessions/Sessions')).Sessions }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./sessions/NewSession')).NewSession }) },
          { path: 'new', lazy: async () => ({ Component: (await import('./sessions/NewSession')).NewSession }) },
          { path: ':id', lazy: async () => ({ Component: (await import('./chat/Chat')).Chat }) },
        ],
      },
      {
        path: '/panels',
        errorElement: <Broken />,
        lazy: async () => ({ Component: (await import('./panels/Panels')).Panels }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./panels/convene/Convene')).Convene }) },
          { path: 'new', lazy: async () => ({ Component: (await import('./panels/convene/Convene')).Convene }) },
          { path: 'in/:id', lazy: async () => ({ Component: (await import('./panels/PanelRoom')).PanelRoom }) },
          { path: 'standing', lazy: async () => ({ Component: (await import('./panels/standing/Standings')).Standings }) },
          { path: 'standing/:id', lazy: async () => ({ Component: (await import('./panels/standing/StandingPage')).StandingPage }) },
        ],
      },
      {
        path: '/experts',
        errorElement: <Broken />,
        lazy: async () => ({ Component: (await import('./agents/Experts')).Experts }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./selection/TryChoice')).TryChoice }) },
          { path: 'choice', lazy: async () => ({ Component: (await import('./selection/TryChoice')).TryChoice }) },
          { path: 'is/:id', lazy: async () => ({ Component: (await import('./agents/Expert')).Expert }) },
        ],
      },
      {
        path: '/knowledge',
        errorElement: <Broken />,
        lazy: async () => ({ Component: (await import('./knowledge/Knowledge')).Knowledge }),
        children: [
          { index: true, lazy: async () => ({ Component: (await import('./knowledge/HitTest')).HitTest }) },
          { path: 'search', lazy: async () => ({ Component: (await import('./knowledge/HitTest')).HitTest }) },
          { path: 'in/:id', lazy: async () => ({ Component: (await import('./knowledge/CollectionPage')).CollectionPage }) },
        ],
      },
      { path: '/memory', errorElement: <Broken />, lazy: async () => ({ Component: (await import('./memory/Memory')).Memory }) },
      { path: '*', element: <Navigate to="/sessions" replace /> },
    ],
  },
], { basename: '/console' });
