"""What Werkzeug makes of a form: python3 werkzeug_form.py CONTENT-TYPE FILE"""
import json
import os
import sys

from werkzeug.formparser import parse_form_data

content_type, path = sys.argv[1:]
with open(path, "rb") as body:
    environ = {"wsgi.input": body, "REQUEST_METHOD": "POST", "CONTENT_TYPE": content_type, "CONTENT_LENGTH": str(os.path.getsize(path))}
    _, fields, files = parse_form_data(environ)
    print(json.dumps({
        "fields": fields.to_dict(),
        "files": [{"name": name, "filename": file.filename, "type": file.mimetype, "bytes": len(file.read())} for name, file in files.items()],
    }))
