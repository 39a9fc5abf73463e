import { Check, Copy } from 'lucide-react';
import { memo, use, useMemo, useRef, type ComponentType, type ReactNode } from 'react';
import ReactMarkdown, { type Components } from 'react-markdown';
import rehypeSanitize, { defaultSchema } from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';
import { holdBack, splitBlocks } from './blocks';
import { Cite, PlacedContext, SourcesContext } from './Cite';
import { rehypeCitations } from './citations';
import { marksOf, place } from './marks';
import css from './Markdown.module.css';
import { useCopied } from './useCopied';

// No images: a model-written image address is a way to send data out. No raw HTML: rehype-raw is not used.
const schema = { ...defaultSchema, tagNames: (defaultSchema.tagNames ?? []).filter((t) => t !== 'img' && t !== 'picture' && t !== 'source') };

function Code({ children }: { children?: ReactNode }) {
  const box = useRef<HTMLPreElement>(null);
  const [copied, copy] = useCopied(() => box.current?.textContent ?? '');
  return (
    <div className={css.code}>
      <button type="button" className={css.copy} onClick={copy} aria-label={copied ? 'Copied' : 'Copy code'}>{copied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}</button>
      {/* What scrolls must take focus for keyboard users; a group, since landmarks must be unique and answers have many. */}
      <pre ref={box} tabIndex={0} role="group" aria-label="Code">{children}</pre>
    </div>
  );
}

const components: Components & Record<'cite-ref', ComponentType<{ n?: string; at?: string }>> = {
  'cite-ref': Cite,
  pre: ({ children }) => <Code>{children}</Code>,
  // An address the sanitiser emptied is shown as plain words.
  a: ({ href, children }) => !href ? <>{children}</> : href.startsWith('#') ? <a href={href}>{children}</a> : <a href={href} target="_blank" rel="noopener noreferrer nofollow">{children}</a>,
  table: ({ children }) => <div className={css.scroll} tabIndex={0} role="group" aria-label="Table"><table>{children}</table></div>,
  // The page's own headings come first: an answer begins at the third level.
  h1: ({ children }) => <h3>{children}</h3>,
  h2: ({ children }) => <h3>{children}</h3>,
  h3: ({ children }) => <h4>{children}</h4>,
  h4: ({ children }) => <h5>{children}</h5>,
};
const remark = [remarkGfm];
const rehype = [[rehypeSanitize, schema], rehypeCitations] as NonNullable<Parameters<typeof ReactMarkdown>[0]['rehypePlugins']>;

const Block = memo(function Block({ text }: { text: string }) {
  return <ReactMarkdown remarkPlugins={remark} rehypePlugins={rehype} components={components}>{text}</ReactMarkdown>;
});

export function Markdown({ text, live = false }: { text: string; live?: boolean }) {
  const { citations } = use(SourcesContext);
  const blocks = useMemo(() => splitBlocks(live ? holdBack(text) : text), [text, live]);
  // Marks are counted block by block, as they are drawn, and their citations dealt out over the whole.
  const placed = useMemo(() => {
    if (citations.length === 0) return [];
    let offset = 0;
    const byBlock = blocks.map((b) => { const marks = marksOf(b).map((m) => ({ n: m.n, at: m.at + offset })); offset += b.length; return marks; });
    const all = place(blocks.join(''), byBlock.flat(), citations);
    return byBlock.map((marks) => all.splice(0, marks.length));
  }, [blocks, citations]);
  return (
    <div className={css.md} data-live={live || undefined}>
      {blocks.map((b, i) => <PlacedContext key={i} value={placed[i]}><Block text={b} /></PlacedContext>)}
    </div>
  );
}
