import { expect, test } from 'vitest';
import { findTeam, teamLabel, type Team } from './team';

const team = (id: string, name: string, site = ''): Team => ({ id, name, site });
const teams = [
	team('1', 'Northeast Mental Health Team'),
	team('2', 'Unit 3', 'Harbour Hospital'),
	team('3', 'Unit 3', 'Hill Hospital'),
	team('4', 'Équipe de l’Est')
];

test.each([
	['northeast mental health team', '', '1'],
	['  NORTHEAST  mental-health team ', '', '1'],
	['Unit 3, Hill Hospital', '', '3'],
	['equipe de l est', '', '4'],
	['anything at all', '2', '2']
])('%j is found', (typed, id, found) => {
	expect(findTeam(teams, typed, id)).toEqual({ found: teams.find((each) => each.id === found) });
});

test('several of one name are offered, and so are those that share a word, the likeliest first', () => {
	expect(findTeam(teams, 'unit 3')).toEqual({ alike: [teams[1], teams[2]] });
	expect(findTeam(teams, 'hill unit')).toEqual({ alike: [teams[2], teams[1]] });
	expect(findTeam(teams, 'north')).toEqual({ alike: [teams[0]] });
	expect(findTeam(teams, 'Somewhere else')).toEqual({ alike: [] });
	expect(findTeam(teams, '')).toEqual({ alike: [] });
});

test('a team is shown with its site', () => {
	expect(teams.map(teamLabel).slice(0, 2)).toEqual(['Northeast Mental Health Team', 'Unit 3, Harbour Hospital']);
});
