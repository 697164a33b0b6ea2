import { verdict } from './answer.js';
import { button, el, fill } from './dom.js';
import { print } from './json.js';

const most = 100; // calls that are remembered
const longestKept = 1_000_000; // characters of an answer that are kept

// History remembers the calls until the page is closed.
export class History {
	// open shows an entry again; with true behind it, it is sent again.
	constructor(dialog, open) {
		this.dialog = dialog;
		this.open = open;
		this.entries = [];
		this.body = dialog.querySelector('.content');
	}

	// add remembers a call: methods, the source of its params or the calls of a batch, outcome, answer.
	add(entry) {
		const { answer } = entry;
		const kept = { ...answer, text: answer.text.slice(0, longestKept), cut: answer.text.length > longestKept };
		this.entries.unshift({ ...entry, answer: kept, at: new Date() });
		this.entries.splice(most);
		fill(this.body, this.entries.map((known) => this.row(known)));
	}

	row(entry) {
		const { methods, source, outcome, answer, at } = entry;
		const name = methods.length > 1 ? `${methods.length} calls: ${methods[0]}, …` : methods[0];
		const open = (again) => {
			this.dialog.close();
			this.open(entry, again);
		};
		const short = outcome.kind === 'result' && outcome.value !== undefined ? print(outcome.value) : outcome.message || '';
		return el(
			'div',
			'entry',
			el('div', '', el('strong', '', name), el('span', 'note', source?.replace(/\s+/g, ' '))),
			el('div', '', verdict(outcome), el('span', 'note', short.slice(0, 200))),
			el('span', 'note', at.toLocaleTimeString(), ` · ${answer.ms.toFixed()} ms`),
			button('Open', () => open(false), { 'aria-label': `open ${name}` }),
			button('Replay', () => open(true), { 'aria-label': `replay ${name}` }),
		);
	}
}
