import { outcomeView } from './answer.js';
import { BatchView } from './batch.js';
import { Description } from './description.js';
import { announce, button, el, fill } from './dom.js';
import { History } from './history.js';
import { parse } from './json.js';
import { listen } from './keys.js';
import { hashOf, Menu, parseHash } from './menu.js';
import { MethodView } from './method.js';
import { outcomeOf } from './outcome.js';
import { overview } from './overview.js';
import { Settings } from './settings.js';
import { theme } from './theme.js';
import { post } from './wire.js';

const byID = (id) => document.getElementById(id);

// App puts the page together and shows what its address names.
class App {
	constructor() {
		const badge = (id) => (count) => fill(byID(`${id}-count`), count || '');
		this.url = location.href.split('#')[0];
		this.main = byID('main');
		this.menu = new Menu(byID('menu'), byID('search'));
		this.settings = new Settings(byID('settings'), badge('settings'));
		this.history = new History(byID('history'), (entry, again) => this.recall(entry, again));
		this.batch = new BatchView(this, badge('batch'));
		this.views = new Map();
		this.ids = 0;
		for (const opener of document.querySelectorAll('[data-opens]')) opener.onclick = () => byID(opener.dataset.opens).showModal();
		byID('methods-button').onclick = () => this.drawer();
		byID('settings').onclose = () => (this.description ? this.view.samples?.show() : this.load());
		addEventListener('hashchange', () => this.route(true));
		theme(byID('theme-button'));
		listen(this);
	}

	nextID() {
		return ++this.ids;
	}

	// load asks for the document. What is refused may be let in with other headers.
	async load() {
		fill(this.main, el('p', 'note waiting', 'Loading …'));
		const answer = await post('?openrpc.json', undefined, this.settings.options());
		if (answer.failure || answer.status !== 200) return this.excuse(outcomeOf(answer));
		try {
			this.description = new Description(parse(answer.text));
		} catch (fault) {
			return this.excuse({ kind: 'garbled', title: 'Not an OpenRPC document', about: fault.message });
		}
		this.shapes = this.description.shapes;
		fill(byID('title'), this.description.title);
		fill(byID('version'), this.description.version);
		this.menu.fill(this.description);
		this.route(false);
	}

	excuse(outcome) {
		const buttons = [button('Try again', () => this.load(), 'primary'), button('Set headers', () => byID('settings').showModal())];
		fill(this.main, el('article', '', el('h1', { tabindex: -1 }, 'The description cannot be had'), outcomeView(outcome), el('div', 'bar', buttons)));
		announce(outcome.title);
	}

	// route shows what the address names. moved tells that somebody has gone there.
	route(moved) {
		if (!this.description) return;
		const { name, params } = parseHash(location.hash);
		this.view = this.viewOf(name);
		if (params !== undefined) this.view.set?.(params);
		fill(this.main, this.view.node);
		this.menu.mark(name);
		this.drawer(false);
		const heading = this.main.querySelector('h1');
		const { title } = this.description;
		document.title = name ? `${heading.textContent} · ${title}` : title;
		if (!moved) return;
		scrollTo(0, 0);
		heading.focus();
	}

	viewOf(name) {
		if (location.hash === '#/batch') return this.batch;
		if (!name) return { node: overview(this.description) };
		const method = this.description.named.get(name);
		if (!method) return { node: unknown(name) };
		if (!this.views.has(name)) this.views.set(name, new MethodView(this, method));
		return this.views.get(name);
	}

	// recall shows a call of before, and sends it again if that is wanted.
	recall({ calls, methods, source, answer }, again) {
		history.pushState(null, '', calls ? '#/batch' : hashOf(methods[0]));
		this.route(true);
		if (calls) this.batch.replace(calls);
		else this.view.set?.(source);
		if (again) this.view.sender?.go.click();
		else if (!calls) this.view.show?.(answer);
	}

	// drawer opens and closes the list of methods where it is not always there.
	drawer(open = !document.body.classList.contains('drawer')) {
		document.body.classList.toggle('drawer', open);
		byID('methods-button').setAttribute('aria-expanded', open);
		if (open) byID('search').select();
	}
}

const unknown = (name) => el('article', '', el('h1', { tabindex: -1 }, 'No such method'), el('p', '', `There is no ${name} here. It may have another name by now.`));

new App().load();
