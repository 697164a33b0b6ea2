import { button, el, fill } from './dom.js';

// Settings are what goes with each call. They are forgotten with the page, unless they are to be kept.
export class Settings {
	constructor(dialog, onchange) {
		this.store = `runrpc ${location.pathname}`;
		this.onchange = onchange;
		this.rows = dialog.querySelector('.headers');
		this.seconds = dialog.querySelector('#seconds');
		this.keep = dialog.querySelector('#keep');
		dialog.querySelector('#add').onclick = () => this.add().querySelector('input').focus();
		dialog.oninput = () => this.changed();
		this.load();
	}

	load() {
		const kept = stored(this.store);
		this.keep.checked = kept !== null;
		try {
			const { headers, seconds } = JSON.parse(kept);
			for (const [name, value] of headers) this.add(name, value);
			this.seconds.value = seconds;
		} catch {
			this.add(); // nothing is kept, or somebody else has written there
		}
		this.changed();
	}

	add(name = '', value = '') {
		const field = (label, value) => el('input', { 'aria-label': label, placeholder: label, value, autocomplete: 'off', spellcheck: 'false' });
		const remove = button('Remove', () => {
			row.remove();
			this.changed();
		});
		const row = el('div', 'header', field('name', name), field('value', value), remove, el('p', 'hint'));
		this.rows.append(row);
		return row;
	}

	// changed reads what was entered, and keeps it where that is wanted.
	changed() {
		this.headers = [];
		for (const row of this.rows.children) {
			const [name, value] = [...row.querySelectorAll('input')].map((input) => input.value.trim());
			const fault = headerFault(name, value);
			fill(row.querySelector('.hint'), fault);
			if (name && !fault) this.headers.push([name, value]);
		}
		const kept = this.keep.checked && { headers: this.headers, seconds: this.seconds.value };
		this.keep.checked = stored(this.store, kept ? JSON.stringify(kept) : null) !== null;
		this.onchange(this.headers.length);
	}

	options(signal) {
		const seconds = Number(this.seconds.value);
		return { headers: this.headers, seconds: seconds > 0 && seconds <= 86_400 ? seconds : 60, signal };
	}
}

// headerFault tells why a header cannot be sent, "" where it can.
function headerFault(name, value) {
	if (!name) return value && 'It has no name.';
	try {
		const { headers } = new Request('.', { headers: [[name, value]] });
		return headers.has(name) ? '' : `Browsers do not let a page set ${name}.`;
	} catch {
		return 'The name has letters, digits and dashes, and the value is one line in Latin letters.';
	}
}

// stored returns what the browser keeps under a name, which a value changes first: null takes it away.
export function stored(name, value) {
	try {
		if (value === null) localStorage.removeItem(name);
		else if (value !== undefined) localStorage.setItem(name, value);
		return localStorage.getItem(name);
	} catch {
		return null;
	}
}
