/** The public API for Node: everything of the index, files, and worker threads. */
export {
  checkFolder,
  type FileSystem,
  type FolderOptions,
  freeFolder,
  loadFonts,
  locateFile,
  readFile,
  readInput,
  writeFolder,
  writeOutput,
} from "./files.ts";
export { spawnNodeWorker } from "./fit/platform-node.ts";
export * from "./index.ts";
