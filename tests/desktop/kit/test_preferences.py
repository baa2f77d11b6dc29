"""The look that was chosen, kept between runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from almoxarife.desktop.kit.preferences import FILE_NAME, Preferences


def test_light_is_the_default(tmp_path: Path) -> None:
    assert not Preferences(tmp_path).dark


def test_a_choice_is_kept_even_where_there_was_no_folder(tmp_path: Path) -> None:
    folder = tmp_path / "dados" / "ção"
    Preferences(folder).dark = True
    assert Preferences(folder).dark
    Preferences(folder).dark = False
    assert not Preferences(folder).dark
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_what_another_program_keeps_there_stays(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"janela": "800x600"}', encoding="utf-8")
    Preferences(tmp_path).dark = True
    assert json.loads((tmp_path / FILE_NAME).read_text("utf-8")) == {"janela": "800x600", "tema": "escuro"}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"escuro"', b"\xff\xfe", b'{"tema": 7}'])
def test_a_file_that_cannot_be_read_is_no_obstacle(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    preferences = Preferences(tmp_path)
    assert not preferences.dark
    preferences.dark = True
    assert preferences.dark


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "datei").write_text("", encoding="utf-8")
    preferences = Preferences(tmp_path / "datei")
    preferences.dark = True
    assert not preferences.dark


@pytest.mark.parametrize("kept", ["[1, 2]", '["1"]', "{}", "null"])
def test_the_shift_of_labels_is_kept_and_a_damaged_one_is_none(tmp_path: Path, kept: str) -> None:
    (tmp_path / FILE_NAME).write_text(f'{{"deslocamento_etiquetas": {kept}}}', encoding="utf-8")
    assert Preferences(tmp_path).label_shift == ("", "")
    Preferences(tmp_path).label_shift = ("-1,5", "2")
    assert Preferences(tmp_path).label_shift == ("-1,5", "2")


@pytest.mark.parametrize("kept", ["[1, 2]", '{"width": 3}', "null"])
def test_measures_of_labels_are_kept_and_damaged_ones_are_none(tmp_path: Path, kept: str) -> None:
    (tmp_path / FILE_NAME).write_text(f'{{"medidas_etiquetas": {kept}}}', encoding="utf-8")
    assert Preferences(tmp_path).label_measures == {}
    Preferences(tmp_path).label_measures = {"width": "66,7"}
    assert Preferences(tmp_path).label_measures == {"width": "66,7"}


def test_alerts_sound_until_somebody_wants_it_quiet(tmp_path: Path) -> None:
    assert Preferences(tmp_path).alert_sound
    Preferences(tmp_path).alert_sound = False
    assert not Preferences(tmp_path).alert_sound
    (tmp_path / FILE_NAME).write_text('{"som_alertas": "talvez"}', encoding="utf-8")
    assert Preferences(tmp_path).alert_sound
