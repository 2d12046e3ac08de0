import { filledIn } from '@lvzhi/domain';
import type { CityFacts } from './settings.ts';

/** A text of the house may name the city: {city}, {shortOrgan}, {organ}, {contact}, {phone}, {rosterPhone}, {address}, {hours}. What is not known yet is left out. */
function filled(text: string, { city, organ, shortOrgan, contact }: CityFacts): string {
  return filledIn(text, { city, organ, shortOrgan, contact: contact.name, phone: contact.phone, rosterPhone: contact.memberAffairs?.phone ?? contact.phone, address: contact.address, hours: contact.hours });
}

/** The same value with the city's own facts in all its texts. */
export function withCity<T>(value: T, city: CityFacts): T {
  if (typeof value === 'string') return filled(value, city) as T;
  if (Array.isArray(value)) return value.map((it: unknown) => withCity(it, city)) as T;
  return value !== null && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([key, it]) => [key, withCity(it as unknown, city)])) as T : value;
}
