/** What `npm run admin:invite` says to the person at the terminal. */

export const usage = 'Say whom: npm run admin:invite -- EMAIL [--name "Their name"] [--program SLUG]';

export const noSiteUrl =
	'Say where the site answers, as the link leads there, for example: SITE_URL=https://bearings.example npm run admin:invite -- EMAIL';

export const notASiteUrl = (given: string) => `SITE_URL is “${given}”, which is not the address of a site.`;

export const notAnAddress = (given: string) => `“${given}” is not an e-mail address.`;

export const notAName = 'A name has at least one letter and at most 120.';

export const invited = (email: string, program: string, link: string) => `
This link makes ${email} an administrator of ${program}. It works once, for 14 days, for somebody signed in with that address:

  ${link}

Hand it over yourself: no mail was sent. Run the command again for a new link; this one then stops working.`;
