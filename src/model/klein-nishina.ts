/** Klein-Nishina cross-section over Thomson's at photon energy w in electron masses; a series where w is small. */
export function kleinNishina(w: number): number {
  if (w <= 0.025) return 1 + (w * (-140 + w * (364 + w * (-931 + w * (2288 - 5440 * w))))) / 70;
  const log = Math.log(1 + 2 * w);
  const first = ((1 + w) / w ** 3) * ((2 * w * (1 + w)) / (1 + 2 * w) - log);
  return 0.75 * (first + log / (2 * w) - (1 + 3 * w) / (1 + 2 * w) ** 2);
}
