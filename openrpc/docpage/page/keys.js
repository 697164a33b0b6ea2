// The keys are listed in the help, which stands in index.html.

// listen lets keys do what buttons do.
export function listen(app) {
	addEventListener('keydown', (event) => {
		const act = action(app, event);
		if (!act) return;
		event.preventDefault();
		act();
	});
}

function action(app, { key, ctrlKey, metaKey, altKey, isComposing, target }) {
	if (document.querySelector('dialog[open]') || isComposing) return undefined;
	const { sender } = app.view ?? {};
	const control = ctrlKey || metaKey;
	const writes = target.matches('textarea, select, input:not([type=checkbox], [type=radio])');
	if (key === 'Enter') return control && (() => sender?.go.click());
	if (key === 'Escape') return document.body.classList.contains('drawer') ? () => app.drawer(false) : sender?.calling && (() => sender.stop.click());
	if (control || altKey || writes) return undefined;
	return { '/': () => app.drawer(true), '?': () => document.getElementById('help').showModal() }[key];
}
