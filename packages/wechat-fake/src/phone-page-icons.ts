/** Stroke drawings on a 24 grid, coloured by the text around them; each stands beside a word. */
const STROKES = {
  search: '<circle cx="10.5" cy="10.5" r="6"/><path d="M15 15l5 5"/>',
  clock: '<circle cx="12" cy="12" r="8.5"/><path d="M12 7.2V12l3.2 2"/>',
  info: '<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5M12 8v.1"/>',
  alert: '<path d="M12 4.5l8.5 15h-17zM12 10.5v4M12 17v.1"/>',
  plus: '<circle cx="10" cy="8" r="3.8"/><path d="M3.5 19.500c.4-3.700 3-5.800 6.500-5.800 1.300 0 2.500.3 3.500.8M17.500 13.500v6M14.500 16.500h6"/>',
  ban: '<circle cx="12" cy="12" r="8.5"/><path d="M6.200 6.200l11.600 11.600"/>',
  right: '<path d="M9.500 5.500L16 12l-6.500 6.500"/>',
  phone: '<rect x="6.500" y="2.800" width="11" height="18.400" rx="2.400"/><path d="M11 18.200h2"/>',
};

export function icon(name: keyof typeof STROKES): string {
  return `<svg class="ic ic-${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${STROKES[name]}</svg>`;
}

/** The product's mark: a round table with seven seats, one of them the member's. */
export function mark(): string {
  const seats = Array.from({ length: 7 }, (_seat, place) => {
    const turn = -Math.PI / 2 + (place * 2 * Math.PI) / 7;
    const at = `cx="${(16 + 11.2 * Math.cos(turn)).toFixed(2)}" cy="${(16 + 11.2 * Math.sin(turn)).toFixed(2)}"`;
    return place === 0 ? `<circle class="seal" ${at} r="2.9"/>` : `<circle class="seat" ${at} r="2.3"/>`;
  });
  return `<svg class="mark" viewBox="0 0 32 32" aria-hidden="true"><circle class="table" cx="16" cy="16" r="5.2"/>${seats.join('')}</svg>`;
}
