import { answerView, outcomeView } from './answer.js';
import { announce, area, button, el, fill } from './dom.js';
import { compact, faultOf } from './json.js';
import { hashOf } from './menu.js';
import { outcomesOf } from './outcome.js';
import { request, Sender } from './wire.js';

// BatchView collects calls, sends them together, and shows each answer beside its call.
export class BatchView {
	// oncount is told how many calls there are.
	constructor(page, oncount) {
		this.page = page;
		this.oncount = oncount;
		this.calls = [];
		this.list = el('div', '');
		this.empty = el('p', 'note', 'There is no call in it yet: each method has a button that adds one.');
		this.sender = new Sender(page, 'Send all', () => this.send());
		this.clear = button('Clear', () => this.replace([]));
		this.answer = el('section', { 'aria-label': 'Answer' });
		const head = el('header', '', el('h1', { tabindex: -1 }, 'Batch'), el('p', 'summary', 'Calls that are sent as one message.'));
		this.node = el('article', '', head, this.empty, this.list, el('div', 'bar', this.sender.go, this.sender.stop, this.clear), this.answer);
		this.count();
	}

	add(method, params, notify = false) {
		const call = { method, notify, answer: el('div', ''), hint: el('p', { class: 'hint', role: 'status' }) };
		const check = el('input', { type: 'checkbox', checked: notify, onchange: () => (call.notify = check.checked) });
		const remove = button('Remove', () => this.remove(call), { class: 'quiet', 'aria-label': `remove ${method}` });
		call.editor = area({ 'aria-label': `params of ${method}`, placeholder: 'no params' });
		call.editor.value = params;
		const head = el('div', 'bar', el('a', { href: hashOf(method) }, method), el('label', 'note', check, ' notification'), remove);
		call.node = el('div', 'call', el('div', '', head, call.editor, call.hint), call.answer);
		this.calls.push(call);
		this.list.append(call.node);
		this.count();
	}

	remove(call) {
		this.calls.splice(this.calls.indexOf(call), 1);
		call.node.remove();
		this.count();
		(this.calls.at(-1)?.editor ?? this.node.querySelector('h1')).focus();
	}

	// replace makes it a batch of other calls.
	replace(calls) {
		this.calls = [];
		fill(this.list);
		fill(this.answer);
		for (const { method, params, notify } of calls) this.add(method, params, notify);
		this.count();
	}

	count() {
		const none = this.calls.length === 0;
		this.empty.hidden = !none;
		this.sender.go.disabled = this.clear.disabled = none;
		this.oncount(this.calls.length);
	}

	// check looks for params that are no JSON, and goes to the first of them.
	check() {
		const faulty = this.calls.filter(({ editor, hint }) => {
			const fault = editor.value.trim() && faultOf(editor.value);
			fill(hint, fault && `This is no JSON: ${fault}.`);
			editor.setAttribute('aria-invalid', fault !== '');
			return fault;
		});
		faulty[0]?.editor.focus();
		return faulty.length === 0;
	}

	async send() {
		if (this.calls.length === 0 || !this.check()) return;
		const sent = this.calls.map(({ method, notify, editor, answer }) => {
			const params = compact(editor.value);
			return { method, notify, params, place: answer, id: notify ? undefined : this.page.nextID() };
		});
		const requests = sent.map(({ method, params, id }) => request(method, params, id));
		const answer = await this.sender.send(`[${requests.join(',')}]`);
		if (!answer) return;
		const outcome = this.show(sent, answer);
		this.page.history.add({ methods: sent.map(({ method }) => method), calls: sent, outcome, answer });
	}

	// show shows the answer beside each call, and returns what came of the whole.
	show(sent, answer) {
		const { whole, each } = outcomesOf(answer);
		for (const { id, place } of sent) fill(place, outcomeView(each.get(String(id)) ?? missing(id, whole)));
		const failed = [...each.values()].filter(({ kind }) => kind === 'error').length;
		const title = `Answers: ${each.size}, errors: ${failed}`;
		const outcome = whole || { kind: failed > 0 ? 'error' : 'result', title };
		fill(this.answer, answerView(outcome, answer));
		announce(outcome.title);
		return outcome;
	}
}

// missing is the outcome of a call that no answer has come for.
function missing(id, whole) {
	if (whole && whole.kind !== 'nothing') return { kind: whole.kind, title: 'No answer' };
	return id === undefined ? { kind: 'nothing', title: 'Notification' } : { kind: 'garbled', title: 'Not answered' };
}
