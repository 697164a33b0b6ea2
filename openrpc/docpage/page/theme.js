import { stored } from './settings.js';

const themeStore = 'runrpc theme';

// theme lets a button switch between light and dark. Until then the theme is that of the system.
export function theme(button) {
	const root = document.documentElement;
	const system = matchMedia('(prefers-color-scheme: dark)');
	const show = (theme) => {
		if (theme) root.dataset.theme = theme;
		button.setAttribute('aria-pressed', (theme ?? (system.matches ? 'dark' : 'light')) === 'dark');
	};
	const kept = stored(themeStore);
	show(['light', 'dark'].includes(kept) ? kept : undefined);
	system.onchange = () => show(root.dataset.theme);
	button.onclick = () => {
		const dark = button.getAttribute('aria-pressed') === 'true';
		show(dark ? 'light' : 'dark');
		stored(themeStore, root.dataset.theme);
	};
}
