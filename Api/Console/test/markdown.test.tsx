import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Citation } from '../src/api/types';
import { holdBack, splitBlocks } from '../src/chat/blocks';
import { SourcesContext } from '../src/chat/Cite';
import { Markdown } from '../src/chat/Markdown';
import { locate } from '../src/knowledge/locate';

describe('splitBlocks', () => {
  it('keeps fences and lists whole and loses nothing', () => {
    const md = 'para\n\n1. a\n\n2. b\n\n```ts\nx\n\ny\n```\n\nend';
    const blocks = splitBlocks(md);
    expect(blocks).toEqual(['para\n\n1. a\n\n2. b\n\n', '```ts\nx\n\ny\n```\n\n', 'end']);
    expect(blocks.join('')).toBe(md);
  });
  it('keeps finished blocks the same while text is appended', () => {
    expect(splitBlocks('a\n\nb\n\nc').slice(0, 2)).toEqual(splitBlocks('a\n\nb\n\nc and more').slice(0, 2));
  });
});

describe('holdBack', () => {
  it.each([['a\n\n| x | y', 'a\n\n'], ['a\n\n| x |\n| - |\n| 1', 'a\n\n| x |\n| - |\n| 1'], ['so [1', 'so'], ['so [1, ', 'so'], ['so [1]', 'so [1]'], ['', '']])('%j shows as %j', (md, shown) => { expect(holdBack(md)).toBe(shown); });
});

describe('Markdown', () => {
  it('lets through neither script, image nor javascript: address', () => {
    const { container } = render(<Markdown text={'<script>alert(1)</script> ![x](https://evil.example/a.png) [go](javascript:alert(1)) <b onclick="x()">b</b>'} />);
    expect(container.querySelector('script, img, b')).toBeNull();
    expect(container.querySelector('a')).toBeNull();
  });
  it('opens the passage behind a citation in place, and from there the document', async () => {
    const c: Citation = { n: 2, documentId: 'd77', title: 'Runbook', quote: 'Take a snapshot every 500 events.', start: 0, end: 33, support: 'partial' };
    const open = vi.fn();
    const { container } = render(<SourcesContext value={{ citations: [c], open }}><Markdown text="Recovery stays short [2, 9]. `a[2]`" /></SourcesContext>);
    await userEvent.click(screen.getByRole('button', { name: 'Source 2: Runbook. Supports it in part.' }));
    expect(await screen.findByText(c.quote)).toBeVisible();
    expect(container).toHaveTextContent('short2[9].');
    expect(screen.getByText('a[2]')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Open document' }));
    await vi.waitFor(() => { expect(open).toHaveBeenCalledWith(c); });
  });
});

describe('locate', () => {
  const text = 'One two. One  two.\nThree.';
  it('finds a quote at its place, at the nearest place, or not at all', () => {
    expect(locate(text, 'One two.', 0, 8)).toEqual([0, 8]);
    expect(locate(text, 'One two.', 11, 19)).toEqual([9, 18]);
    expect(locate(text, 'Four', 0, 4)).toBeUndefined();
    expect(locate(text, '', 0, 3)).toEqual([0, 3]);
  });
});
