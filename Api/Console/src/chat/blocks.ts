/** Cuts markdown at blank lines outside fences, so that finished blocks keep their identity while the last one grows. */
export function splitBlocks(md: string): string[] {
  const blocks: string[] = [];
  let start = 0, fence: string | undefined, blank = false, offset = 0;
  for (const line of md.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) {
      // A block starts after a blank line, unless the line continues a list (indent or marker).
      if (blank && line.trim() !== '' && !/^(\s|[-*+] |\d+[.)] )/.test(line)) { blocks.push(md.slice(start, offset)); start = offset; }
      if (mark !== undefined) fence = mark;
    } else if (mark !== undefined && mark.startsWith(fence) && line.trim() === mark) fence = undefined;
    blank = line.trim() === '';
    offset += line.length + 1;
  }
  if (start < md.length) blocks.push(md.slice(start));
  return blocks;
}

/** While an answer grows, a table is held back until its rule line is there, and a mark like [1 until it is closed. */
export function holdBack(md: string): string {
  const at = md.lastIndexOf('\n\n') + 2, tail = md.slice(at === 1 ? 0 : at);
  if (tail.startsWith('|') && !/^\|.*\|\n\|[ :|-]+\|\n/.test(tail)) return md.slice(0, md.length - tail.length);
  return md.replace(/ ?\[[\d, ]{0,8}$/, '');
}
