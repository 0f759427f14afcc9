/** Version of the program, the same as in package.json (a test states it). */
export const VERSION = "0.1.0";
