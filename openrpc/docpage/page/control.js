import { area, button, el, fill } from './dom.js';
import { faultOf, isObject, Num, parse, print } from './json.js';
import { absent, Slot } from './slot.js';

// A control edits one value. It has a node; input, the part of it that is edited; read, which returns
// the value; hint, which tells what is the matter with it; and at, which returns a member's slot.

const tooMany = 200; // members that are better edited as JSON

// controlFor makes the control for a value. One that does not fit the schema is edited as JSON.
export function controlFor(form, schema, value, optional) {
	const { shapes } = form;
	const shape = shapes.of(schema);
	if (!shapes.fits(schema, value, 0) || Object.keys(value ?? {}).length > tooMany) return jsonControl(value);
	switch (shape.kind) {
		case 'object':
			return new ObjectControl(form, shape, value);
		case 'array':
			return new ArrayControl(form, shape, value);
		case 'choice':
			return new ChoiceControl(form, shape, value);
		case 'boolean':
			return selectControl([false, true], value, optional);
		case 'enum':
			return selectControl(shape.values, value, optional);
		case 'string':
			if (value.includes('\r')) break; // which no textarea keeps
			return typedControl(area({ class: false, placeholder: shape.byDefault }), value, (typed) => typed);
		case 'integer':
		case 'number':
			return numberControl(value, shape.byDefault);
	}
	return jsonControl(value);
}

// typedControl is for a value that is typed. read makes it of a text, undefined where that is wrong.
function typedControl(input, typed, read, wrong) {
	input.value = typed;
	const value = () => read(input.value);
	return { node: input, input, read: () => (value() === undefined ? input.value : value()), hint: () => value() === undefined && wrong };
}

// numberControl keeps a number just as it was typed.
function numberControl(value, placeholder) {
	const read = (typed) => (/^\s*-?\d/.test(typed) && !faultOf(typed) ? new Num(typed.trim()) : undefined);
	return typedControl(el('input', { inputmode: 'decimal', autocomplete: 'off', placeholder }), value, read, 'This is no number: it is sent as a text.');
}

function jsonControl(value) {
	const read = (typed) => (faultOf(typed) ? undefined : parse(typed));
	return typedControl(area({ placeholder: 'JSON' }), print(value), read, 'This is no JSON: it is sent as a text.');
}

// selectControl offers values; an optional one may be left out, too.
function selectControl(values, value, optional) {
	const option = (known, i) => el('option', { value: i }, typeof known === 'string' ? known || '""' : print(known));
	const input = el('select', '', optional && new Option('left out', ''), values.map(option));
	input.value = values.findIndex((known) => print(known) === print(value));
	return { node: input, input, read: () => values[input.value] ?? null, selects: true };
}

// ManyControl is what edits several values: slots in a list.
export class ManyControl {
	constructor(form, more) {
		this.form = form;
		this.slots = [];
		this.list = el('div', 'slots');
		this.more = more && button(more, () => this.grow());
		this.node = el('div', '', this.list, this.more);
	}

	add(of) {
		const slot = new Slot(this.form, of);
		this.slots.push(slot);
		this.list.append(slot.node);
		return slot;
	}

	// addMore adds what can be removed again.
	addMore(of) {
		const slot = this.add({ ...of, required: true, remove: () => this.remove(slot) });
		return slot;
	}

	remove(slot) {
		this.slots.splice(this.slots.indexOf(slot), 1);
		if (this.more) this.more.focus();
	}

	grow() {
		this.addNew().focus();
		this.form.changed();
	}
}

export const foreign = 'not in the description';

export class ObjectControl extends ManyControl {
	constructor(form, { properties, required, others }, value) {
		super(form, (others === true || isObject(others)) && 'Add a member');
		this.others = others ?? true;
		for (const [name, schema] of properties) {
			this.add({ name, schema, value: Object.hasOwn(value, name) ? value[name] : absent, required: required.includes(name) });
		}
		for (const name of Object.keys(value)) if (!properties.has(name)) this.extra(name, value[name], !others && foreign);
	}
	extra(name, value, note) {
		return this.addMore({ name, schema: this.others, value, rename: true, note });
	}
	addNew() {
		return this.extra('', this.form.shapes.initial(this.others));
	}
	read() {
		const values = this.slots.map((slot) => [slot.name, slot.read()]);
		return Object.fromEntries(values.filter(([, value]) => value !== absent));
	}
	at(name) {
		return this.slots.find((slot) => slot.name === name);
	}
}

class ArrayControl extends ManyControl {
	constructor(form, shape, value) {
		super(form, 'Add an item');
		this.shape = shape;
		for (const item of value) this.addNew(item);
	}
	addNew(value = this.form.shapes.initial(this.shape.item(this.slots.length))) {
		const at = this.slots.length;
		return this.addMore({ name: String(at), schema: this.shape.item(at), value });
	}
	remove(slot) {
		super.remove(slot);
		this.slots.forEach((other, i) => other.rename(String(i)));
	}
	read() {
		return this.slots.map((slot) => slot.read());
	}
	at(index) {
		return this.slots[index];
	}
}

// ChoiceControl edits a value of one of several schemas.
class ChoiceControl {
	constructor(form, { choices }, value) {
		const { shapes } = form;
		const found = choices.findIndex((schema) => shapes.fits(schema, value));
		const option = (schema, i) => el('option', { value: i }, shapes.spell(schema));
		const inner = el('div', 'slots');
		const show = (held) => {
			this.control = controlFor(form, choices[this.input.value], held);
			this.control.input?.setAttribute('aria-label', 'value');
			fill(inner, this.control.node);
		};
		this.input = el('select', { oninput: () => show(shapes.initial(choices[this.input.value])) }, choices.map(option));
		this.input.value = found < 0 ? Math.max(choices.findIndex((schema) => shapes.fits(schema, value, 0)), 0) : found;
		show(value);
		this.node = el('div', '', this.input, inner);
	}
	hint() {
		return this.control.hint?.();
	}
	read() {
		return this.control.read();
	}
	at(name) {
		return this.control.at?.(name);
	}
}
