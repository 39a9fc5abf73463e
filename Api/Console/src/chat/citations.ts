interface Node { type: string; value?: string; tagName?: string; properties?: Record<string, unknown>; children?: Node[] }

const element = (tagName: string, properties: Record<string, unknown>, children: Node[]): Node => ({ type: 'element', tagName, properties, children });
const text = (value: string): Node[] => value === '' ? [] : [{ type: 'text', value }];

/** rehype: turns [1] in running text into <cite-ref n="1">. Runs after rehype-sanitize, so its output is ours. */
export function rehypeCitations() {
  return (tree: Node): void => { walk(tree); };
}
function walk(node: Node): void {
  if (!node.children || node.tagName === 'code' || node.tagName === 'a') return;
  node.children = node.children.flatMap((child) => {
    if (child.type !== 'text' || child.value === undefined) { walk(child); return [child]; }
    // The last word, its marks and the punctuation after them stay on one line. [1, 2] means [1][2].
    const parts = child.value.split(/(\S*)[ \t]*((?:\[\d{1,2}(?:, ?\d{1,2})*\])+)([.,;:!?)]*)/);
    return parts.flatMap((part, i): Node[] => {
      if (i % 4 === 0) return text(part);
      if (i % 4 !== 1) return [];
      const refs = [...(parts[i + 1] ?? '').matchAll(/\d+/g)].map(([n]) => element('cite-ref', { n }, []));
      return [element('span', { className: ['glue'] }, [...text(part), ...refs, ...text(parts[i + 2] ?? '')])];
    });
  });
}
