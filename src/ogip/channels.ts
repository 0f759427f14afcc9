import { InputError } from "../errors.ts";
import type { Redistribution, Spectrum } from "./types.ts";

/**
 * EBOUNDS row (from 0) of every row of the spectrum: CHANNEL minus a first channel. That is CHANNEL of the first row
 * where the spectrum has as many rows as the response has channels; otherwise the first that keeps all rows inside, of
 * the response's first channel, the spectrum's TLMIN, and 1.
 * A file that starts later and whose DETCHANS merely counts its rows says nothing on the number of channels.
 * InputError where the numbers of channels differ or CHANNEL does not ascend.
 */
export function channelRows(spectrum: Spectrum, response: Redistribution): Int32Array {
  const { channels, detchans, firstChannel } = spectrum;
  const available = response.channelLow.length;
  const rows = channels.length;
  const counted = detchans === rows && channels[0] > 1 && channels[0] !== firstChannel;
  if (rows > available || (detchans !== available && !counted))
    throw new InputError(
      `${available} channels, but the spectrum ${spectrum.file} has ${Math.max(detchans, rows)}; is this the matching response?`,
      { file: response.file, hdu: response.hdu },
    );
  for (let i = 1; i < rows; i++)
    if (channels[i] <= channels[i - 1])
      throw new InputError(`channel ${channels[i]} follows ${channels[i - 1]}; expected ascending channels`, {
        file: spectrum.file,
        hdu: spectrum.hdu,
        key: "CHANNEL",
      });
  const candidates = rows === available ? [channels[0]] : [response.firstChannel, firstChannel, 1];
  const first = candidates.find(
    (f) => f !== undefined && channels[0] >= f && channels[rows - 1] < f + available,
  );
  if (first === undefined)
    throw new InputError(
      `channels ${channels[0]} to ${channels[rows - 1]} do not fit into the ${available} channels of ${response.file}; is this the matching response?`,
      { file: spectrum.file, hdu: spectrum.hdu, key: "CHANNEL" },
    );
  return channels.map((channel) => channel - first);
}
