import messages from '../../../messages/en.json' with { type: 'json' };

type Key = Exclude<keyof typeof messages, '$schema'>;

/** What the screen says, from the message file: tests are of behaviour, and wording may change without them. */
export function words(key: Key, values: Record<string, string | number> = {}): string {
	return messages[key].replace(/\{(\w+)\}/g, (_, name: string) => {
		if (!(name in values)) throw new Error(`"${key}" needs a value for {${name}}`);
		return String(values[name]);
	});
}
