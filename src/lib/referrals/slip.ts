/** What the slip for a client says of whom to call: nothing that tells a stranger who finds it what it is about. */
import type { Contact } from '$lib/server/contact';

/** Whom a client can ask: what of the contact gives nothing away. */
export interface SlipContact {
	name: string | null;
	phone: string | null;
	/** Where there is no number. */
	email: string | null;
	hours: string | null;
	/** Made up for a demonstration. */
	sample: boolean;
}

/** Parts of words that tell of care, of an illness, or of who gives the one for the other. */
export const OUTING = [
	...['mental', 'psych', 'health', 'clinic', 'hospital', 'medic', 'doctor', 'nurse', 'ward', 'patient', 'therap'],
	...['support', 'peer', 'worker', 'team', 'referral', 'refer', 'client', 'care', 'caring', 'counsel', 'wellness'],
	...['recover', 'rehab', 'addict', 'substance', 'crisis', 'suicid', 'program', 'outreach', 'housing', 'shelter'],
	...['depress', 'bipolar', 'schizo', 'anxi', 'trauma', 'diagnos', 'treatment', 'illness', 'society', 'foundation']
] as const;

export const outs = (text: string): boolean => OUTING.some((part) => text.toLowerCase().includes(part));

const neutral = (text: string | null | undefined): string | null => (text && !outs(text) ? text : null);

/** An address and a place to go to are left out: what stands there is easily looked up. */
export function slipContact(contact: Contact | null): SlipContact {
	const phone = contact?.phone?.shown ?? null;
	return {
		name: neutral(contact?.name),
		phone,
		email: phone ? null : neutral(contact?.email),
		hours: phone ? neutral(contact?.hours) : null,
		sample: contact?.sample ?? false
	};
}
