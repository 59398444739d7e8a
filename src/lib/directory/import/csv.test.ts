import { describe, expect, test } from 'vitest';
import { readDirectoryFile, type DirectoryFile } from './csv.ts';

const CATEGORIES = new Set(['parks', 'libraries', 'food']);

const read = (content: string): DirectoryFile => {
	const outcome = readDirectoryFile(content, CATEGORIES);
	if (!outcome.ok) throw new Error(outcome.reason);
	return outcome.file;
};
const failure = (content: string | undefined): string => {
	const outcome = readDirectoryFile(content ?? '', CATEGORIES);
	if (outcome.ok) throw new Error('It was read.');
	return outcome.reason;
};
/** Line and reasons of each row that was rejected. */
const rejected = (content: string) => read(content).rejections.map(({ line, reasons }) => [line, ...reasons]);

describe('a directory file', () => {
	test('is read row by row, in any order of columns', () => {
		const file = read('categories,name,place_id\nparks,Elm Park,elm\nfood;parks,Larder,larder\n');
		expect(file.places.map(({ place, services }) => [place.place_id, place.name, services[0]?.categories])).toEqual([
			['elm', 'Elm Park', ['parks']],
			['larder', 'Larder', ['food', 'parks']]
		]);
		expect(file.rejections).toEqual([]);
	});

	test('may begin with a byte-order mark and end its lines as Windows does', () => {
		const file = read('\uFEFFplace_id,name,categories\r\nelm,Elm Park,parks\r\n');
		expect(file.columns).toEqual(['place_id', 'name', 'categories']);
		expect(file.places[0]?.place.name).toBe('Elm Park');
	});

	test('keeps commas, quotes and line breaks within quotes', () => {
		const file = read('place_id,name,categories,description\nelm,"Elm ""Big"" Park, East",parks,"One.\nTwo."\n');
		expect(file.places[0]?.place.name).toBe('Elm "Big" Park, East');
		expect(file.places[0]?.services[0]?.description).toBe('One.\nTwo.');
	});

	test('names its unknown columns and reads the rest', () => {
		const file = read('place_id,name,colour,categories,Name2\nelm,Elm Park,green,parks,x\n');
		expect(file.unknownColumns).toEqual(['colour', 'Name2']);
		expect(file.places).toHaveLength(1);
	});

	test('with nothing but a first line has no places and no faults', () => {
		expect(read('place_id,name\n')).toMatchObject({ places: [], rejections: [] });
	});
});

describe('what is no directory file is refused whole, with a sentence', () => {
	test.each([
		['', /must name the columns/],
		['name,categories\nElm Park,parks\n', /`place_id` has to be one of them/],
		['{"type":"FeatureCollection"}', /must name the columns|not a CSV/],
		['place_id,name\nelm,"Elm Park\n', /not a CSV file we can read \(line \d+\)/],
		['place_id,name,name\nelm,a,b\n', /The column “name” is there twice/]
	])('%j', (content, reason) => {
		expect(failure(content)).toMatch(reason);
	});
});

describe('a row that is wrong is kept with its line and reason', () => {
	test('after cells with line breaks the line is still that of the file', () => {
		const content = 'place_id,name,categories,description\nelm,Elm,parks,"One.\nTwo.\nThree."\noak,Oak,nonsense,\n';
		expect(rejected(content)).toEqual([[5, 'categories: there is no category “nonsense”.']]);
	});

	test('the line is the one on which the row begins', () => {
		const content = 'place_id,name,categories,description\noak,Oak,nonsense,"One.\nTwo."\n';
		expect(rejected(content)[0]?.[0]).toBe(2);
	});

	test('after empty lines the line is still that of the file', () => {
		expect(rejected('place_id,name,categories\nelm,Elm,parks\n\n\noak,Oak,nonsense\n')[0]?.[0]).toBe(5);
	});

	test('after Windows line ends, within cells too, the line is still that of the file', () => {
		const content = 'place_id,name,categories,description\r\nelm,Elm,parks,"One.\r\nTwo."\r\n\r\noak,Oak,nonsense,\r\n';
		expect(rejected(content)[0]?.[0]).toBe(5);
	});

	test('its cells are kept as they were', () => {
		const { rejections } = read('place_id,name,colour,categories\noak, Oak ,green,nonsense\n');
		expect(rejections[0]?.cells).toEqual({ place_id: 'oak', name: ' Oak ', colour: 'green', categories: 'nonsense' });
	});

	test.each([
		['a row with too few cells', 'place_id,name,categories\noak,Oak\n', 'The row has 2 cells, the first line 3.'],
		[
			'a row with too many cells',
			'place_id,name,categories\noak,Oak,parks,x\n',
			'The row has 4 cells, the first line 3.'
		],
		[
			'a NUL character',
			'place_id,name,categories\noak,Oak\0,parks\n',
			'name has a NUL character, which no database keeps.'
		],
		['a row without its place', 'place_id,name,categories\n,Oak,parks\n', 'place_id is missing.'],
		[
			'an id with capitals',
			'place_id,name,categories\nOak,Oak,parks\n',
			'place_id must be small letters, digits and hyphens.'
		],
		['a place without a name', 'place_id,name,categories\noak,,parks\n', 'name is missing.'],
		['a place without a category', 'place_id,name,categories\noak,Oak,\n', 'categories is missing.'],
		[
			'a name of 10,000 characters',
			`place_id,name,categories\noak,${'x'.repeat(10_000)},parks\n`,
			'name is longer than 200 characters.'
		],
		[
			'half a position',
			'place_id,name,categories,latitude,longitude\noak,Oak,parks,49.2,\n',
			'latitude and longitude belong together: give both or neither.'
		],
		[
			'a position that is none',
			'place_id,name,categories,latitude,longitude\noak,Oak,parks,149.2,-123.1\n',
			'latitude must be between -90 and 90.'
		],
		[
			'degrees that are words',
			'place_id,name,categories,latitude,longitude\noak,Oak,parks,49°N,-123.1\n',
			'latitude must be degrees, such as 49.2757.'
		],
		[
			'a confidential place with an address',
			'place_id,name,categories,confidential,address\noak,Oak,parks,yes,1 Oak St\n',
			'a confidential place must have no address, position, neighbourhood or way to find it.'
		],
		[
			'hours that cannot be read',
			'place_id,name,categories,hours\noak,Oak,parks,Mo-Fr 9-17\n',
			'hours: “9-17” is not times: write “09:00-17:00”.'
		],
		['a yes that is none', 'place_id,name,categories,free\noak,Oak,parks,maybe\n', 'free must be yes, no or blank.'],
		[
			'a day that there is not',
			'place_id,name,categories,confirmed_on\noak,Oak,parks,2026-02-30\n',
			'confirmed_on must be a date such as 2026-11-22.'
		],
		[
			'a web address that is none',
			'place_id,name,categories,url\noak,Oak,parks,javascript:alert(1)\n',
			'url must begin with https://.'
		],
		[
			'a phone number without digits',
			'place_id,name,categories,phone\noak,Oak,parks,call us\n',
			'phone is not a phone number.'
		],
		[
			'a phone number of forty-one characters',
			`place_id,name,categories,phone\noak,Oak,parks,${'6'.repeat(41)}\n`,
			'phone is longer than 40 characters.'
		],
		[
			'languages in words',
			'place_id,name,categories,languages\noak,Oak,parks,English\n',
			'languages must be language codes such as en;pa.'
		]
	])('%s', (_what, content, reason) => {
		const file = read(content);
		expect(file.places).toEqual([]);
		expect(file.rejections.map(({ line, reasons }) => [line, reasons])).toEqual([[2, [reason]]]);
	});

	test('all that is wrong with a row is said at once', () => {
		const [row] = read('place_id,name,categories,washroom,wheelchair\noak,,parks,perhaps,often\n').rejections;
		expect(row?.reasons).toEqual([
			'name is missing.',
			'wheelchair must be yes, limited, no or blank.',
			'washroom must be yes, no or blank.'
		]);
	});
});

describe('several rows of one place', () => {
	const HEAD = 'place_id,name,service_id,service,categories\n';

	test('are its services; the place is read from the first', () => {
		const [entry] = read(`${HEAD}oak,Oak House,,,libraries\noak,,oak-food,Larder,food\n`).places;
		expect(entry?.place.name).toBe('Oak House');
		expect(entry?.services.map(({ service_id, service }) => [service_id, service])).toEqual([
			['oak', 'Oak House'],
			['oak-food', 'Larder']
		]);
	});

	test('need a service_id from the second on', () => {
		expect(rejected(`${HEAD}oak,Oak House,,,libraries\noak,,,Larder,food\n`)).toEqual([[3, 'service_id is missing.']]);
	});

	test('with one service_id twice load the first and reject the second', () => {
		const content = `${HEAD}oak,Oak House,,,libraries\noak,,oak,Larder,food\nelm,Elm,oak,,parks\n`;
		expect(rejected(content)).toEqual([
			[3, 'service_id “oak” is on line 2 already.'],
			[4, 'service_id “oak” is on line 2 already.']
		]);
		expect(read(content).places.map(({ place }) => place.place_id)).toEqual(['oak']);
	});

	test('are all rejected with their place', () => {
		expect(rejected(`${HEAD}oak,,,,libraries\nelm,Elm,,,parks\noak,,oak-food,Larder,food\n`)).toEqual([
			[2, 'name is missing.'],
			[4, 'Its place (line 2) was rejected.']
		]);
	});

	test('lose only the one that is wrong', () => {
		const file = read(`${HEAD}oak,Oak House,,,libraries\noak,,oak-food,Larder,nonsense\noak,,oak-talk,Talk,food\n`);
		expect(file.places[0]?.services.map(({ service_id }) => service_id)).toEqual(['oak', 'oak-talk']);
		expect(file.rejections.map(({ line }) => line)).toEqual([3]);
	});
});

test('a web address that no browser can read is rejected with its row', () => {
	const outcome = readDirectoryFile('place_id,name,categories,url\na,A,food,https://[\n', new Set(['food']));
	expect(outcome.ok && outcome.file.rejections.map(({ reasons }) => reasons)).toEqual([['url is not a web address.']]);
});
