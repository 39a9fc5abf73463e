import type { LucideIcon } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import { useRef, type ReactNode } from 'react';
import css from './Menu.module.css';

export interface MenuItem { readonly label: string; readonly hint?: string; readonly icon: LucideIcon; readonly danger?: boolean; readonly onSelect: () => void }

/**
 * A menu of actions. `modal={false}` because the modal kind injects a style element, which the CSP forbids; no portal, so
 * that it stays inside the landmark that it belongs to.
 */
export function Menu({ label, trigger, className, items, side = 'bottom', align = 'end' }: {
  label: string; trigger: ReactNode; className: string | undefined; items: readonly MenuItem[]; side?: 'top' | 'bottom'; align?: 'start' | 'end';
}) {
  const chosen = useRef<() => void>(undefined);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={className} aria-label={label}>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Content className={css.menu} side={side} align={align} sideOffset={4} collisionPadding={8}
          // The action runs once focus is back on the trigger, so that a dialog it opens returns there in the end.
          onCloseAutoFocus={() => { const run = chosen.current; chosen.current = undefined; if (run) setTimeout(run); }}>
          {items.map(({ label: text, hint, icon: Icon, danger, onSelect }) => (
            <DropdownMenu.Item key={text} className={css.item} data-danger={danger} onSelect={() => { chosen.current = onSelect; }}>
              <Icon size={15} aria-hidden /><span>{text}{hint !== undefined && <small>{hint}</small>}</span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
