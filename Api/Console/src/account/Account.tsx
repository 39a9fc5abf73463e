import { useQueryClient } from '@tanstack/react-query';
import { CircleUser, LogOut } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import menu from '../ui/Menu.module.css';
import { currentKey, isRemembered, signOut } from './credential';

export function Account({ className }: { className: string | undefined }) {
  const client = useQueryClient();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={className}><CircleUser size={18} aria-hidden /><span>Account</span></DropdownMenu.Trigger>
        <DropdownMenu.Content className={menu.menu} side="top" align="start" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Label className={menu.head}>Key ending in {currentKey()?.slice(-4)}<br />{isRemembered() ? 'Remembered on this device' : 'Kept until this tab is closed'}</DropdownMenu.Label>
          <DropdownMenu.Separator className={menu.rule} />
          {/* What one key may read must not be shown to the next. */}
          <DropdownMenu.Item className={menu.item} onSelect={() => { client.clear(); signOut(); }}><LogOut size={15} aria-hidden />Sign out</DropdownMenu.Item>
        </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
