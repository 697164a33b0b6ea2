import { isObject, list, print, text } from './json.js';
import { Shapes } from './shape.js';

// What a document says, in a form to rely on: a text is a text here, and a list is a list.

const object = (value) => (isObject(value) ? value : {});
const objects = (value) => list(value).filter(isObject);

// Description is a whole document.
export class Description {
	constructor(document) {
		if (!Array.isArray(object(document).methods)) throw new Error('It has no list of methods, so it is no OpenRPC document.');
		const info = object(document.info);
		this.title = text(info.title) || 'JSON-RPC';
		this.version = text(info.version);
		this.about = text(info.description);
		this.terms = text(info.termsOfService);
		this.contact = object(info.contact);
		this.license = object(info.license);
		this.servers = objects(document.servers);
		this.external = object(document.externalDocs);
		this.incomplete = list(document['x-incomplete']).filter(text);
		this.shapes = new Shapes(document);
		this.methods = objects(document.methods).map(methodOf);
		this.named = new Map(this.methods.map((method) => [method.name, method]));
	}

	// groups returns the methods by the first tag of each, which is their namespace.
	groups() {
		const groups = Map.groupBy(this.methods, ({ tags }) => tags[0]?.name ?? '');
		const sorted = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
		return sorted.map(([name, methods]) => ({ name, about: methods[0].tags[0]?.about, methods }));
	}
}

function methodOf(method) {
	const name = text(method.name);
	const positional = method.paramStructure === 'by-position';
	const tags = objects(method.tags).map((tag) => ({ name: text(tag.name), about: text(tag.description) }));
	return {
		name,
		short: shortOf(name, tags[0]?.name),
		tags,
		summary: text(method.summary),
		about: text(method.description),
		deprecated: method.deprecated === true,
		raw: method['x-raw'] === true,
		positional,
		either: !positional && method.paramStructure !== 'by-name',
		params: objects(method.params).map(paramOf),
		result: isObject(method.result) && { about: aboutOf(method.result), schema: method.result.schema },
		errors: objects(method.errors).map(({ code = null, message, data }) => ({ code: print(code), message: text(message), data })),
		examples: objects(method.examples).map((example) => exampleOf(example, positional)),
	};
}

// shortOf is a method's name within its namespace.
function shortOf(name, namespace) {
	const inner = namespace && name.startsWith(namespace) && name.slice(namespace.length).replace(/^[^\p{L}\p{N}_]+/u, '');
	return inner || name;
}

const aboutOf = ({ summary, description }) => [summary, description].map(text).filter(Boolean).join('\n\n');

// paramOf adds to the schema of a parameter what is said about the parameter itself.
function paramOf(param) {
	const description = (param.deprecated === true ? 'Deprecated. ' : '') + aboutOf(param);
	return {
		name: text(param.name),
		schema: description ? { allOf: [param.schema], description } : param.schema,
		required: param.required === true,
		variadic: param['x-variadic'] === true,
	};
}

function exampleOf(example, positional) {
	const values = objects(example.params).map(({ name, value = null }) => [text(name), value]);
	return {
		name: text(example.name) || 'example',
		about: aboutOf(example),
		params: positional ? values.map(([, value]) => value) : Object.fromEntries(values),
		result: object(example.result).value,
	};
}
