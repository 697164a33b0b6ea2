import { button, el, fill, newID } from './dom.js';
import { controlFor } from './control.js';
import { markdown } from './markdown.js';
import { typeView } from './reference.js';

// absent is the value of what is left out.
export const absent = Symbol('left out');

// Slot is a place for a value: its name and what is known of it, around a control. For what is left
// out there is no control until somebody wants it: so a recursive schema ends.
export class Slot {
	// of is name, schema, value and required; note, a text about it; remove, called when it is removed;
	// and rename, where its name can be typed.
	constructor(form, of) {
		this.form = form;
		this.schema = of.schema;
		this.shape = form.shapes.of(of.schema);
		this.compound = ['object', 'array', 'choice'].includes(this.shape.kind);
		this.nullable = this.shape.nullable && this.shape.kind !== 'null';
		this.on = of.value !== absent;
		this.required = of.required && this.on;
		this.nil = of.value === null && this.nullable;
		this.id = newID();
		this.body = el('div', { class: 'body', oninput: () => this.touch() });
		this.hint = el('p', { class: 'hint', id: `${this.id}-hint` });
		const help = el('div', { class: 'note', id: `${this.id}-help` }, this.shape.about && markdown(this.shape.about));
		this.node = el('div', 'slot', this.head(of), this.body, this.hint, help);
		this.make(of.value);
		this.update();
	}

	head({ name, note, rename, remove, required }) {
		const type = () => this.rename(this.title.value);
		this.title = rename ? el('input', { class: 'name', 'aria-label': 'name', autocomplete: 'off', oninput: type }) : el('label', { for: this.id });
		this.rename(name);
		this.check = !this.required && el('input', { type: 'checkbox', 'aria-label': `send ${name}`, oninput: () => this.turn(this.check.checked) });
		this.nullButton = this.nullable && button('null', () => this.toggleNull(), 'quiet');
		return el(
			'div',
			'bar',
			this.check,
			this.title,
			typeView(this.form.shapes, this.schema),
			el('span', 'note', note || (required && !remove && 'required')),
			this.nullButton,
			remove && button('Remove', () => this.remove(remove), { class: 'quiet', 'aria-label': `remove ${name}` }),
		);
	}

	rename(name) {
		this.name = name;
		if (this.title.tagName === 'INPUT') this.title.value = name;
		else fill(this.title, name);
		this.relabel();
	}

	// relabel names what its label does not.
	relabel() {
		const { input, node } = this.control ?? {};
		if (!input || this.title.tagName === 'INPUT') (input ?? node)?.setAttribute('aria-label', this.name || 'value');
	}

	remove(done) {
		this.node.remove();
		done();
		this.form.changed();
	}

	// make makes the control, if there is something for it to show.
	make(value) {
		if (this.compound && (!this.on || this.nil)) return;
		const held = value === absent || this.nil ? this.form.shapes.initial(this.schema) : value;
		this.control = controlFor(this.form, this.schema, held, !this.required);
		const { input, node } = this.control;
		if (input && !this.on) input.value = '';
		const target = input ?? node;
		target.id = this.id;
		if (!input) target.role = 'group';
		target.setAttribute('aria-describedby', `${this.id}-hint ${this.id}-help`);
		fill(this.body, node);
		this.relabel();
	}

	// touch is what follows when something is entered: it is to be sent.
	touch() {
		this.on = this.required || !this.control.selects || this.control.input.value !== '';
		this.nil = false;
		this.update();
	}

	turn(on) {
		this.on = on;
		if (on && !this.control?.input?.value) this.make(absent);
		if (!on && this.control?.selects) this.control.input.value = '';
		this.update();
	}

	toggleNull() {
		this.nil = !(this.nil && this.on);
		this.on = true;
		if (!this.control) this.make(absent);
		this.update();
		this.form.changed();
	}

	update() {
		this.node.classList.toggle('off', !this.on || this.nil);
		this.body.hidden = this.compound && (!this.on || this.nil);
		if (this.check) this.check.checked = this.on;
		if (this.nullButton) this.nullButton.ariaPressed = this.on && this.nil;
		this.say((this.on && !this.nil && this.control?.hint?.()) || '');
	}

	read() {
		if (!this.on) return absent;
		return this.nil ? null : this.control.read();
	}

	at(name) {
		return this.on && !this.nil ? this.control.at?.(name) : undefined;
	}

	// say says what is the matter with the value.
	say(reason, faulty = false) {
		fill(this.hint, reason);
		this.node.classList.toggle('faulty', faulty);
		this.control?.input?.setAttribute('aria-invalid', faulty);
	}

	focus() {
		const unnamed = !this.name && this.title;
		const target = unnamed || (!this.body.hidden && this.control?.input) || this.node.querySelector('input, textarea, select, button');
		target?.focus();
		target?.select?.();
	}
}
