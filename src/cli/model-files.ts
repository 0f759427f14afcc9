import { locateFile, readFile } from "../files.ts";

/** How the files of table models are found and read. */
export const modelFiles = { locate: locateFile, readFile };
