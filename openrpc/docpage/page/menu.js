import { announce, el, fill } from './dom.js';
import { decoded } from './json.js';

// Menu is the list of the methods, in groups, with a search.
export class Menu {
	constructor(node, search) {
		this.node = node;
		this.search = search;
		search.oninput = () => this.filter();
		search.onkeydown = (event) => this.searchKey(event);
		node.onkeydown = (event) => this.listKey(event);
		this.fill({ groups: () => [] });
	}

	fill(description) {
		this.groups = description.groups().map(groupOf);
		this.entries = this.groups.flatMap((group) => group.entries);
		this.none = el('p', 'note', 'No method has all of these words.');
		fill(this.node, this.none, this.groups.map((group) => group.node));
		this.filter();
	}

	// filter shows the methods that have all words of the search.
	filter() {
		const wanted = this.search.value.toLowerCase().split(/\s+/);
		for (const entry of this.entries) entry.node.hidden = !wanted.every((word) => entry.words.includes(word));
		for (const group of this.groups) group.node.hidden = group.entries.every((entry) => entry.node.hidden);
		const found = this.shown.length;
		this.none.hidden = found > 0 || this.entries.length === 0;
		if (this.search.value) announce(`${found} of ${this.entries.length} methods`);
	}

	get shown() {
		return this.entries.filter((entry) => !entry.node.hidden);
	}

	// mark shows which method is open.
	mark(name) {
		for (const { link, name: known } of this.entries) {
			link.ariaCurrent = known === name ? 'page' : null;
			if (known === name) link.scrollIntoView({ block: 'nearest' });
		}
	}

	searchKey(event) {
		if (event.key === 'ArrowDown') this.move(event, 0);
		else if (event.key === 'Enter') this.best()?.link.click();
		else if (event.key === 'Escape') {
			this.search.value = '';
			this.filter();
		}
	}

	// best is the method that is most likely meant: its name counts more than what is said about it.
	best() {
		const word = this.search.value.trim().toLowerCase();
		return this.shown.find(({ name }) => name.toLowerCase().includes(word)) ?? this.shown[0];
	}

	listKey(event) {
		const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
		if (step) this.move(event, this.shown.findIndex((entry) => entry.link === event.target) + step);
	}

	move(event, to) {
		event.preventDefault();
		(to < 0 ? this.search : this.shown[to]?.link)?.focus();
	}
}

function groupOf({ name, methods }) {
	const entries = methods.map(entryOf);
	const list = el('ul', '', entries.map((entry) => entry.node));
	return { entries, node: el('section', { 'aria-label': name || 'methods' }, name && el('h2', '', name), list) };
}

function entryOf({ name, short, summary, deprecated, tags, params }) {
	const link = el('a', { href: hashOf(name), class: deprecated && 'deprecated', title: summary }, short, deprecated && el('span', 'hidden', ' (deprecated)'));
	const words = [name, summary, ...tags.map((tag) => tag.name), ...params.map((param) => param.name)].join(' ').toLowerCase();
	return { node: el('li', '', link), link, words, name };
}

// hashOf is the address of a method within the page, with params to begin with.
export function hashOf(name, params) {
	return `#${encodeURIComponent(name)}${params ? `?${encodeURIComponent(params)}` : ''}`;
}

// parseHash reads such an address: { name, params }, undefined where it has none.
export function parseHash(hash) {
	const [name, params] = hash.slice(1).split('?').map(decoded);
	return { name: name || undefined, params };
}
