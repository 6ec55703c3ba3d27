/**
 * Loads the test files given as arguments, to run their tests in this process: to start node for a
 * file takes longer than nearly all tests of it.
 */
for (const file of process.argv.slice(2)) await import(file);
