import { el, outward } from './dom.js';
import { text } from './json.js';
import { markdown } from './markdown.js';
import { hashOf } from './menu.js';

// overview is the first page: what the document says about the whole.
export function overview(description) {
	const { title, version, about, methods, incomplete } = description;
	return el(
		'article',
		'',
		el('header', '', el('h1', { tabindex: -1 }, title), version && el('span', 'badge', version), about && markdown(about)),
		el('dl', 'pairs', rows(description).filter(Boolean).map(([name, value]) => [el('dt', 'note', name), el('dd', '', value)])),
		methods.every(({ name }) => name.startsWith('rpc.')) && el('p', 'summary', 'There are no methods yet: what is added to the registry shows up here.'),
		incomplete.length > 0 && el('p', 'note', `Nothing is known yet of ${incomplete.join(', ')}: it shows up here when it is used.`),
		methods.length <= 300 && description.groups().map(group),
	);
}

function rows({ methods, servers, contact, license, terms, external }) {
	const link = (address, ...labels) => outward(text(address), labels.map(text).find(Boolean) ?? text(address));
	const mail = text(contact.email) && `mailto:${contact.email}`;
	return [
		['Methods', methods.length],
		['Messages go to', el('code', '', location.href.split('#')[0])],
		servers.length > 0 && ['Servers', servers.map(({ url, summary, description }) => el('div', '', link(url), ' ', text(summary) || text(description)))],
		Object.keys(contact).length > 0 && ['Contact', link(contact.url ?? mail, contact.name, contact.email)],
		text(license.name) && ['License', link(license.url, license.name)],
		terms && ['Terms', link(terms)],
		text(external.url) && ['More', link(external.url, external.description)],
		['As data', [el('a', { href: '?openrpc.json' }, 'openrpc.json'), ', ', el('a', { href: '?map' }, 'map')]],
	];
}

function group({ name, about, methods }) {
	const row = ({ name, deprecated, summary }) => [
		el('dt', '', el('a', { href: hashOf(name), class: deprecated && 'deprecated' }, name)),
		el('dd', 'note', summary),
	];
	return el('section', '', name && el('h2', '', name), about && markdown(about), el('dl', 'pairs', methods.map(row)));
}
