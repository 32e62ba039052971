// What busboy makes of a form: node busboy.cjs CONTENT-TYPE FILE
const { createReadStream } = require('node:fs');
const busboy = require('busboy');

const [, , contentType, path] = process.argv;
const seen = { fields: {}, files: [] };
const form = busboy({ headers: { 'content-type': contentType } });
form.on('field', (name, value) => { seen.fields[name] = value; });
form.on('file', (name, content, info) => {
  const file = { name, filename: info.filename, type: info.mimeType, bytes: 0 };
  seen.files.push(file);
  content.on('data', (piece) => { file.bytes += piece.length; });
});
form.on('close', () => console.log(JSON.stringify(seen)));
createReadStream(path).pipe(form);
