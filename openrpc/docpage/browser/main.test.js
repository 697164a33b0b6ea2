// All tests in one process, with one server and one browser.
import './unit.js';
import './list.js';
import './form.js';
import './answers.js';
import './batch.js';
import './samples.js';
import './hostile.js';
import './access.js';
import './mounts.js';
