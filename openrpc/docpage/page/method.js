import { answerView } from './answer.js';
import { announce, area, button, copier, el, fill, more } from './dom.js';
import { Form, initialParams } from './form.js';
import { compact, faultOf } from './json.js';
import { markdown } from './markdown.js';
import { hashOf } from './menu.js';
import { outcomeOf } from './outcome.js';
import { reference } from './reference.js';
import { Samples } from './samples.js';
import { request, Sender } from './wire.js';

const longDoc = 2000; // characters of a text that are shown at once

// MethodView is the page of a method. It stays when another one is looked at, with what was entered
// and the call that is under way.
export class MethodView {
	// page has url, settings, shapes, history, batch and nextID.
	constructor(page, method) {
		this.page = page;
		this.method = method;
		this.form = new Form(method, page.shapes, (source) => this.set(source, this.form));
		this.editor = area({ id: 'params', placeholder: 'no params', 'aria-describedby': 'fault', oninput: () => this.set(this.editor.value, this.editor) });
		this.hint = el('p', { class: 'hint', id: 'fault', role: 'status' });
		this.answer = el('section', { 'aria-label': 'Answer' });
		this.sender = new Sender(page, 'Call', () => this.send(page.nextID()));
		this.samples = new Samples(() => this.sampled());
		const program = el('section', '', el('h2', '', 'In a program'), this.samples.node);
		const about = reference(method, page.shapes, (params) => this.set(params));
		this.node = el('article', '', this.head(), this.workbench(), this.answer, program, about);
		this.set(initialParams(method, page.shapes));
	}

	head() {
		const { name, deprecated, summary, tags, about } = this.method;
		const badges = tags.slice(1).map((tag) => el('span', 'badge', tag.name));
		if (deprecated) badges.unshift(el('span', 'badge warning', 'deprecated'));
		return el('header', '', el('h1', { tabindex: -1 }, name), badges, summary && el('p', 'summary', summary), docs(about));
	}

	workbench() {
		const json = el('h2', '', el('label', { for: 'params' }, 'As JSON'));
		const side = el('div', 'side', json, this.editor, this.hint, this.actions());
		return el('div', 'workbench', el('section', '', el('h2', '', 'Params'), this.form.node), el('section', '', side));
	}

	actions() {
		const link = () => new URL(hashOf(this.method.name, this.params()), location.href).href;
		return el(
			'div',
			'bar',
			this.sender.go,
			this.sender.stop,
			button('Notify', () => this.send(), { title: 'Send it without an id: nothing is answered' }),
			button('Add to batch', () => this.collect()),
			copier('Copy link', link),
		);
	}

	// set sets the text of the params. by is the form or the editor, where that was edited.
	set(source, by) {
		if (by !== this.editor) this.editor.value = source;
		if (by !== this.form) this.form.write(source);
		this.source = source.trim();
		const fault = this.source && faultOf(this.source);
		this.good = !fault;
		fill(this.hint, fault && `No JSON yet: ${fault}.`);
		this.editor.setAttribute('aria-invalid', !this.good);
		this.samples.show();
	}

	// params returns the params as they are sent, "" for none.
	params() {
		return this.good ? compact(this.source) : '';
	}

	sampled() {
		return { url: this.page.url, headers: this.page.settings.headers, method: this.method.name, params: this.params() };
	}

	// send sends the params, unless they are no JSON.
	async send(id) {
		if (!this.good) return this.editor.focus();
		const { page, method, source } = this;
		fill(this.answer, el('p', 'note waiting', 'Waiting for the answer …'));
		const answer = await this.sender.send(request(method.name, this.params(), id));
		if (!answer) return;
		const outcome = this.show(answer);
		page.history.add({ methods: [method.name], source, outcome, answer });
	}

	show(answer) {
		const outcome = outcomeOf(answer);
		fill(this.answer, answerView(outcome, answer));
		announce(`${outcome.title} ${outcome.message ?? ''}`);
		if (this.node.isConnected) this.answer.scrollIntoView({ block: 'nearest' });
		if (this.node.isConnected && outcome.faults?.length > 0) {
			this.form.write(this.source);
			this.form.mark(outcome.faults);
		}
		return outcome;
	}

	collect() {
		if (!this.good) return this.editor.focus();
		this.page.batch.add(this.method.name, this.params());
		announce('Added to the batch');
	}
}

// docs shows a text; the end of a long one is opened on demand.
function docs(source) {
	if (source.length <= longDoc) return source && markdown(source);
	const paragraph = source.lastIndexOf('\n\n', longDoc);
	const end = paragraph > 0 ? paragraph : longDoc;
	return [markdown(source.slice(0, end)), more('More', () => markdown(source.slice(end)))];
}
