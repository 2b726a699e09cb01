import json, collections, pytest
from django.conf import settings
from kycuong.site import speaking
from tests import walking
from tests.walking import pages, refusals
from tests.words import written
from tests.english_pages import Data, vietnamese
pytestmark=pytest.mark.look
@pytest.mark.django_db
def test_probe(desk, sides, monkeypatch):
    monkeypatch.setattr(speaking,'is_spoken',lambda r: r.resolver_match is not None)
    real=walking.signed_in
    def en(desk):
        c=real(desk)
        for x in c.values(): x.cookies[settings.LANGUAGE_COOKIE_NAME]='en'
        return c
    monkeypatch.setattr(walking,'signed_in',en)
    out=[]; data=Data([a for a,_b in written()])
    for kind,src in (('GET',pages(desk,sides)),('POST',refusals(desk,sides))):
        for w in src:
            from django.urls import resolve
            vn=resolve(w.path.split('?')[0]).view_name
            out.append([kind,w.address,w.path,w.status,'<html lang="en"' in w.text, vietnamese(w.text,data),vn])
    from pathlib import Path
    Path('/tmp/kc/en_probe.json').write_text(json.dumps(out,ensure_ascii=False))
