import { spawnSync } from "node:child_process";

/** The interpreter that has astropy, if any: the first on the path, or the system's, which Debian's package belongs to. */
export const pythonWithAstropy: string | undefined = ["python3", "/usr/bin/python3"].find(
  (python) => spawnSync(python, ["-c", "import astropy.io.fits"]).status === 0,
);
