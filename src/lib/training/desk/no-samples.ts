/** Words to begin a no from. They are a start: whoever sends them makes them their own. */
import { m } from '$lib/paraglide/messages';
import { NO_SAMPLES, type NoSample } from './people-schemas';

interface For {
	name: string;
	title: string;
}

const samples: Record<NoSample, (given: For) => string> = {
	many: (given) => m.roster_no_many(given),
	next: (given) => m.roster_no_next(given),
	other: (given) => m.roster_no_other(given)
};

const names: Record<NoSample, () => string> = {
	many: m.roster_no_many_name,
	next: m.roster_no_next_name,
	other: m.roster_no_other_name
};
export const sampleName = (sample: NoSample): string => names[sample]();

/** What was written, with the sample; the sample alone where nothing was written but another sample. */
export function startNo(sample: NoSample, written: string, given: For): string {
	const words = samples[sample](given);
	const isUntouched = written === '' || NO_SAMPLES.some((each) => samples[each](given) === written);
	if (isUntouched) return words;
	return written.includes(words) ? written : `${written}\n\n${words}`;
}
