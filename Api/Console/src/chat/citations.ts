import { markPattern, numbersOf } from './marks';

interface Node { type: string; value?: string; tagName?: string; properties?: Record<string, unknown>; children?: Node[] }

const element = (tagName: string, properties: Record<string, unknown>, children: Node[]): Node => ({ type: 'element', tagName, properties, children });
const text = (value: string): Node[] => value === '' ? [] : [{ type: 'text', value }];
// The last word, its marks and the punctuation after them stay on one line.
const glued = new RegExp(`(\\S*)[ \\t]*((?:${markPattern.source})+)([.,;:!?)]*)`);

/** rehype: turns [1] in running text into <cite-ref n="1" at="0">, counted from 0. Runs after rehype-sanitize, so its output is ours. */
export function rehypeCitations() {
  return (tree: Node): void => { walk(tree, { at: 0 }); };
}
function walk(node: Node, count: { at: number }): void {
  if (!node.children || node.tagName === 'code' || node.tagName === 'a') return;
  node.children = node.children.flatMap((child) => {
    if (child.type !== 'text' || child.value === undefined) { walk(child, count); return [child]; }
    const parts = child.value.split(glued);
    return parts.flatMap((part, i): Node[] => {
      if (i % 4 === 0) return text(part);
      if (i % 4 !== 1) return [];
      const refs = [...(parts[i + 1] ?? '').matchAll(markPattern)].flatMap((m) => numbersOf(m[0])).map((n) => element('cite-ref', { n: String(n), at: String(count.at++) }, []));
      return [element('span', { className: ['glue'] }, [...text(part), ...refs, ...text(parts[i + 2] ?? '')])];
    });
  });
}
