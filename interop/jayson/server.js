// A server made with jayson. It says where it listens, and ends with its standard input.
'use strict';

const jayson = require('jayson');

const server = new jayson.Server({
  subtract(params, callback) {
    const [minuend, subtrahend] = Array.isArray(params) ? params : [params.minuend, params.subtrahend];
    if (typeof minuend !== 'number' || typeof subtrahend !== 'number') {
      callback(this.error(-32602));
      return;
    }
    callback(null, minuend - subtrahend);
  },
});

const http = server.http();
http.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${http.address().port}/`));
process.stdin.on('end', () => process.exit()).resume();
