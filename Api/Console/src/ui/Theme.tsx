import { Monitor, Moon, Sun } from 'lucide-react';
import { DropdownMenu } from 'radix-ui';
import menu from './Menu.module.css';
import { setTheme, useTheme, useThemeChoice, type Choice } from './themeChoice';

const themes: { value: Choice; label: string; icon: typeof Sun }[] = [
  { value: 'light', label: 'Light', icon: Sun }, { value: 'dark', label: 'Dark', icon: Moon }, { value: 'system', label: 'System', icon: Monitor },
];

export function Theme({ className }: { className: string | undefined }) {
  const theme = useTheme();
  const picked = useThemeChoice();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger className={className}>
        {theme === 'dark' ? <Moon size={18} aria-hidden /> : <Sun size={18} aria-hidden />}<span>Theme</span>
      </DropdownMenu.Trigger>
        <DropdownMenu.Content className={menu.menu} side="top" align="start" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.RadioGroup value={picked} onValueChange={(v) => { setTheme(v as Choice); }}>
            {themes.map(({ value, label, icon: Icon }) => (
              <DropdownMenu.RadioItem key={value} value={value} className={menu.item}><Icon size={15} aria-hidden />{label}</DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
