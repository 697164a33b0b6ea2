import { choice, copier, el, fill, listing, more } from './dom.js';
import { print, pretty } from './json.js';
import { coloured, tree } from './tree.js';

const longestShown = 1_000_000; // characters of a text that are shown; all of it can be copied

let view = 'tree'; // the one that was chosen last

// answerView shows an outcome with the answer that it was found in.
export function answerView(outcome, answer) {
	const { status, statusText, ms, size } = answer;
	const facts = [status && `HTTP ${status} ${statusText}`, `${ms.toFixed(ms < 10 ? 1 : 0)} ms`, size && `${size.toLocaleString('en')} bytes`];
	const head = el('div', 'bar', verdict(outcome), el('span', 'note', facts.filter(Boolean).join(' · ')));
	return el('div', `answer ${outcome.kind}`, head, explained(outcome), answer.text && body(outcome, answer), exchanged(answer));
}

// outcomeView shows an outcome alone.
export const outcomeView = (outcome) =>
	el('div', `answer ${outcome.kind}`, verdict(outcome), explained(outcome), outcome.value !== undefined && tree(outcome.value));

export const verdict = ({ kind, title }) => el('strong', `verdict ${kind}`, title);

// explained tells what an outcome means, and what can be done.
function explained({ message, about, detail, incident, faults = [] }) {
	const fault = ({ pointer, reason }) => el('li', '', el('code', '', pointer || 'params'), ' ', reason);
	return [
		message && el('p', 'message', message),
		about && el('p', '', about),
		detail && el('p', 'note', `The browser says: ${detail}`),
		faults.length > 0 && el('ul', '', faults.map(fault)),
		incident && el('p', '', 'Incident ', el('code', 'incident', incident), copier('Copy the id', () => incident)),
		incident && el('p', '', 'The log of the server has the cause under this id: give it to those who run the server.'),
	];
}

// body shows what was answered, in one of several ways.
function body({ kind, value }, { text }) {
	const known = value !== undefined;
	const json = kind === 'result' || kind === 'error';
	const ways = [known && ['tree', kind === 'error' ? 'Data' : 'Result'], json && ['pretty', 'Pretty'], ['exact', 'Exact']].filter(Boolean);
	const [chosen] = ways.find(([way]) => way === view) ?? ways[0];
	const show = (way) => (way === 'tree' ? tree(value) : source(text, way));
	const copiers = [known && copier('Copy value', () => pretty(print(value))), copier('Copy answer', () => text)];
	return shownAs('answer', ways, chosen, show, copiers, (way) => (view = way));
}

// shownAs shows something in one of several ways.
function shownAs(what, ways, chosen, show, copiers, onchoose) {
	const shown = el('div', '', show(chosen));
	const choose = (way) => {
		onchoose?.(way);
		fill(shown, show(way));
	};
	return el('div', '', el('div', 'bar', choice(`Show the ${what} as`, ways, chosen, choose), copiers), shown);
}

// source shows a text, as it is or over lines.
function source(text, way) {
	const lines = way === 'pretty';
	if (text.length <= longestShown) return listing(lines ? coloured(text) : text);
	const begin = (lines ? pretty(text) : text).slice(0, longestShown);
	return [listing(begin), el('p', 'note', 'This is the beginning; copying takes all of it.')];
}

// exchanged shows the request as it was sent, and the headers that came back.
function exchanged({ message, headers }) {
	const request = () => shownAs('request', [['exact', 'Exact'], ['pretty', 'Pretty']], 'exact', (way) => source(message, way), copier('Copy request', () => message));
	const received = () => listing(headers.map(([name, value]) => `${name}: ${value}\n`));
	return el('div', 'note', more('Request as it was sent', request), headers.length > 0 && more('Headers of the answer', received));
}
