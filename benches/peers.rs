//! The same handbook for other generators, where they are installed: the same documents, and templates
//! that show of each what okrbook shows. For Hugo that is all of a document's page: the units above with
//! their state, the parties, objectives with their progress and what they go on from, key results with a
//! chart and a table of their check-ins, what they support and what supports them, feedback, investments,
//! signatures, the same unit in other cycles; for Zola a leaner page. And a page a cycle.
//!
//! They check nothing, know no people, units or timelines, and make some fewer pages. What okrbook works out
//! for itself, the order of the cycles, they are given as data.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// A generator of sites, and how it takes a handbook.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Peer {
    Hugo,
    Zola,
}

impl Peer {
    /// Those that are installed.
    pub(crate) fn installed() -> Vec<Self> {
        [Self::Hugo, Self::Zola].into_iter().filter(|peer| peer.version().is_some()).collect()
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Hugo => "hugo",
            Self::Zola => "zola",
        }
    }

    fn version(self) -> Option<()> {
        let argument = if matches!(self, Self::Hugo) { "version" } else { "--version" };
        let status = Command::new(self.name()).arg(argument).stdout(Stdio::null()).status().ok()?;
        status.success().then_some(())
    }

    /// Writes what it builds from a handbook into a folder.
    pub(crate) fn take(self, handbook: &Path, folder: &Path) {
        let okrs = handbook.join("content/okrs");
        for entry in walkdir::WalkDir::new(&okrs).into_iter().filter_map(Result::ok) {
            let within = entry.path().strip_prefix(&okrs).expect("it is of the handbook");
            let place = folder.join("content").join(within);
            if entry.file_type().is_dir() {
                fs::create_dir_all(&place).expect("a folder can be made");
                let title = within.display();
                let sorted = if matches!(self, Self::Zola) { "sort_by = \"title\"\n" } else { "" };
                write(&place.join("_index.md"), &format!("+++\ntitle = \"{title}\"\n{sorted}+++\n"));
            } else {
                let text = fs::read_to_string(entry.path()).expect("a document can be read");
                let name = within.file_stem().unwrap_or_default().to_string_lossy();
                write(&place, &self.document(&name, &text));
            }
        }
        match self {
            Self::Hugo => {
                write(&folder.join("hugo.toml"), HUGO);
                write(&folder.join("layouts/_default/baseof.html"), HUGO_BASE);
                write(&folder.join("layouts/_default/single.html"), HUGO_PAGE);
                write(&folder.join("layouts/_default/list.html"), HUGO_LIST);
                write(&folder.join("layouts/partials/supports.html"), HUGO_SUPPORTS);
                write(&folder.join("layouts/partials/far.html"), HUGO_FAR);
                write(&folder.join("layouts/partials/place.html"), HUGO_PLACE);
                write(&folder.join("layouts/partials/symbols.html"), SYMBOLS);
                write(&folder.join("data/units.toml"), &units(handbook));
                write(&folder.join("data/cycles.toml"), &cycles(&okrs));
                write(&folder.join("layouts/index.html"), HUGO_LIST);
            }
            Self::Zola => {
                write(&folder.join("config.toml"), ZOLA);
                write(&folder.join("templates/base.html"), ZOLA_BASE);
                write(&folder.join("templates/page.html"), ZOLA_PAGE);
                write(&folder.join("templates/section.html"), ZOLA_LIST);
                write(&folder.join("templates/index.html"), ZOLA_HOME);
            }
        }
    }

    /// A document with the front matter that it takes: each wants a title, one of them everything of the
    /// author's in a table of its own.
    fn document(self, name: &str, text: &str) -> String {
        let (front, body) = text
            .strip_prefix("+++\n")
            .and_then(|rest| rest.split_once("+++\n"))
            .expect("it has front matter");
        let front: String = front
            .lines()
            .filter(|line| !line.starts_with("title = \"Direction\""))
            .map(|line| match self {
                Self::Zola if line.starts_with("[[") => format!("[[extra.{}\n", &line[2..]),
                _ => format!("{line}\n"),
            })
            .collect();
        let head = if matches!(self, Self::Zola) { "[extra]\n" } else { "" };
        format!("+++\ntitle = \"{name}\"\n{head}{front}+++\n{body}")
    }

    /// The command that builds a folder's site into another.
    pub(crate) fn build(self, folder: &Path, out: &Path) -> Command {
        let mut command = Command::new(self.name());
        match self {
            Self::Hugo => {
                command.args(["--quiet", "--source"]).arg(folder).arg("--destination").arg(out);
            }
            Self::Zola => {
                command.arg("--root").arg(folder).args(["build", "--force", "--output-dir"]).arg(out);
            }
        }
        command
    }
}

/// The units of a handbook as data.
fn units(handbook: &Path) -> String {
    let book = fs::read_to_string(handbook.join("book.toml")).expect("a handbook has a book");
    book.split_once("[unit]\n").expect("it has units").1.to_owned()
}

/// The cycles as data: which one comes before each, and which after.
fn cycles(okrs: &Path) -> String {
    let entries = fs::read_dir(okrs).expect("it has OKRs").filter_map(Result::ok);
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    let name = |at: Option<usize>| at.and_then(|at| names.get(at)).cloned().unwrap_or_default();
    let line = |(at, own): (usize, &String)| {
        let (previous, next) = (name(at.checked_sub(1)), name(Some(at + 1)));
        format!("{own} = {{ previous = \"{previous}\", next = \"{next}\" }}\n")
    };
    names.iter().enumerate().map(line).collect()
}

/// The symbols that stand on every page.
const SYMBOLS: &str = include_str!("../themes/default/templates/symbols.html");

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

const HUGO: &str = "baseURL = \"/\"\ntitle = \"A measured handbook\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\", \"sitemap\", \"404\"]\n[markup.highlight]\nnoClasses = false\n";

const HUGO_BASE: &str = r##"<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{{ .Title }} · {{ .Site.Title }}</title>
<meta name="description" content="{{ range .Params.objective }}{{ .title }} · {{ end }}"><link rel="stylesheet" href="/style.css"><script src="/okrbook.js"></script></head>
<body><a href="#main">Skip to the content</a><header><a href="/">{{ .Site.Title }}</a>
<ul>{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
{{ with .Section }}<nav aria-label="This cycle"><ul><li><a href="/{{ . }}/" aria-current="true">Overview</a></li><li><a href="/{{ . }}/direction/">Direction</a></li></ul></nav>{{ end }}</header>
<main id="main">{{ block "main" . }}{{ end }}</main>{{ partial "symbols.html" . }}</body></html>
"##;

/// What supports what in a cycle, once for each.
const HUGO_SUPPORTS: &str = r##"{{ $found := newScratch }}{{ range .RegularPages }}{{ $page := . }}{{ range .Params.objective }}{{ $objective := . }}{{ range .supports }}{{ $to := . }}{{ range index $objective "key-result" }}{{ $found.Add $to (slice (dict "url" (printf "%s#%s/%s" $page.RelPermalink $objective.id .id) "title" .title "unit" $page.Title)) }}{{ end }}{{ end }}{{ end }}{{ end }}{{ return $found.Values }}"##;

/// How far a key result is, 0 to 100.
const HUGO_FAR: &str = r##"{{ $checks := index . "check-in" }}{{ $far := 0.0 }}{{ with index $checks (sub (len $checks) 1) }}{{ $far = math.Round (mul 100.0 (div (sub (float .value) (float $.from)) (sub (float $.to) (float $.from)))) }}{{ end }}{{ return $far }}"##;

/// The title of a place, `unit/objective/key-result`, in a cycle.
const HUGO_PLACE: &str = r##"{{ $parts := split .place "/" }}{{ $title := "" }}{{ $within := "" }}{{ $url := "" }}{{ with site.GetPage (printf "/%s/%s" .cycle (index $parts 0)) }}{{ $page := . }}{{ $url = printf "%s#%s" .RelPermalink (delimit (after 1 $parts) "/") }}{{ range .Params.objective }}{{ if eq .id (index $parts 1) }}{{ $title = .title }}{{ if gt (len $parts) 2 }}{{ $within = .title }}{{ range index . "key-result" }}{{ if eq .id (index $parts 2) }}{{ $title = .title }}{{ end }}{{ end }}{{ end }}{{ end }}{{ end }}{{ end }}{{ return dict "title" $title "within" $within "url" $url }}"##;

const HUGO_PAGE: &str = r##"{{ define "main" }}{{ $page := . }}{{ $name := .Title }}{{ $section := .Section }}{{ $unit := index .Site.Data.units .Title }}{{ $other := index .Site.Data.cycles .Section }}
{{ with $unit }}<nav class="ribbon" aria-label="Levels"><ol>{{ $line := slice }}{{ $at := $name }}{{ range seq 4 }}{{ with $at }}{{ $line = $line | append . }}{{ $at = (index site.Data.units .).within }}{{ end }}{{ end }}
{{ range sort $line }}{{ $there := site.GetPage (printf "/%s/%s" $section .) }}{{ $of := index site.Data.units . }}<li><p>{{ $of.level }}</p><ul>{{ with $there }}<li><a href="{{ .RelPermalink }}"><svg class="mark" aria-hidden="true"><use href="#m-{{ if ge (len .Params.approval) 2 }}final{{ else }}draft{{ end }}"/></svg>{{ $of.name }}<span class="hidden">: {{ if ge (len .Params.approval) 2 }}final{{ else }}a draft{{ end }}</span></a></li>{{ end }}</ul></li>{{ end }}</ol></nav>{{ end }}
<article class="facing"><header class="doc-head"><div class="title"><h1>{{ with $unit }}{{ .name }}{{ else }}{{ $name }}{{ end }}</h1><p class="state"><svg class="mark" aria-hidden="true"><use href="#m-final"/></svg> {{ if ge (len .Params.approval) 2 }}Final, signed by both parties{{ else }}A draft{{ end }}</p></div>
<div class="pair">{{ range .Params.approval }}<div class="party"><p class="role">{{ index . "as" }}</p><p class="who">{{ .by }}</p><p class="when">signed {{ time.Format "2 January 2006" .on }}</p></div>{{ end }}</div>
<ol class="glance">{{ range $at, $objective := .Params.objective }}{{ $sum := 0.0 }}{{ range index . "key-result" }}{{ $sum = add $sum (partial "far.html" .) }}{{ end }}{{ $far := math.Round (div $sum (len (index . "key-result"))) }}<li><span class="muted">{{ add $at 1 }}</span><a href="#{{ .id }}">{{ .title }}</a><svg class="chart" height="18" aria-hidden="true"><use href="#strip"/><circle class="c-obj-behind" cx="{{ $far }}%" cy="9" r="3.5"/></svg><span class="num s-warn">{{ $far }} %</span></li>{{ end }}</ol>
<p class="small muted after">Shared {{ time.Format "2 January 2006" .Params.shared }}, by {{ .Params.owner }}.</p><div class="prose words after">{{ .Content }}</div></header>
<nav class="jump contents" aria-label="On this page"><ul>{{ range $at, $objective := .Params.objective }}<li class="o"><a href="#{{ .id }}"><span class="hidden">Objective {{ add $at 1 }}: {{ .title }}</span><span aria-hidden="true">{{ add $at 1 }}</span></a></li>{{ end }}<li><a href="#part-feedback">Round trip</a></li><li><a href="#part-investments">Investments</a></li><li><a href="#part-signatures">Signatures</a></li></ul></nav>
{{ $supported := partialCached "supports.html" .CurrentSection .Section }}
{{ range $of, $objective := .Params.objective }}{{ $objectives := index $objective "key-result" }}
<div class="row"><section class="objective" id="{{ .id }}"><p class="n"><b>Objective {{ add $of 1 }}</b><span>{{ $page.Params.owner }}</span><span>answers {{ range .themes }}<a href="/{{ $section }}/direction/#{{ . }}">{{ . }}</a> {{ end }}</span>{{ with $other.previous }}{{ $before := partial "place.html" (dict "cycle" . "place" (printf "%s/%s" $name $objective.id)) }}{{ with $before.title }}<span>goes on from <a href="{{ $before.url }}">{{ $other.previous }}</a></span>{{ end }}{{ end }}</p>
<h2>{{ .title | markdownify }} <a class="permalink" href="#{{ .id }}" aria-label="Link to “{{ .title }}”"><svg class="icon" aria-hidden="true"><use href="#i-link"/></svg></a></h2><p class="why">{{ .why | markdownify }}</p></section></div>
{{ range $objectives }}{{ $id := printf "%s/%s" $objective.id .id }}{{ $from := float .from }}{{ $way := sub (float .to) $from }}{{ $checks := index . "check-in" }}{{ $counted := index . "measured-in" }}{{ $far := partial "far.html" . }}
<div class="row kr-row"><section class="kr" id="{{ $id }}"><div><h3>{{ .title | markdownify }} <a class="permalink" href="#{{ $id }}" aria-label="Link to “{{ .title }}”"><svg class="icon" aria-hidden="true"><use href="#i-link"/></svg></a></h3>
<p class="measure">{{ .from }} → <b>{{ .to }} {{ $counted }}</b></p><p class="meta"><span>{{ $page.Params.owner }}</span>{{ with $other.previous }}{{ $before := partial "place.html" (dict "cycle" . "place" (printf "%s/%s" $name $id)) }}{{ with $before.title }}<span>goes on from <a href="{{ $before.url }}">{{ $other.previous }}</a></span>{{ end }}{{ end }}</p></div>
<div>{{ $first := index $checks 0 }}{{ $last := index $checks (sub (len $checks) 1) }}<figure><figcaption class="readout"><b>{{ $last.value }} {{ $counted }}</b><span class="s-warn"><svg class="icon" aria-hidden="true"><use href="#i-behind"/></svg> {{ sub 100 $far }} points short of the target</span></figcaption>
<div class="plot"><svg class="chart behind" height="126" role="img" aria-label="{{ len $checks }} check-ins from {{ time.Format "2 January 2006" $first.on }} to {{ time.Format "2 January 2006" $last.on }}, now {{ $last.value }} {{ $counted }}. {{ sub 100 $far }} points short of the target. Confidence {{ $last.confidence }}."><use href="#frame"/><line class="c-target" x1="0%" x2="100%" y1="12" y2="12"/><text x="0%" y="84" dx="-7" dy="4" text-anchor="end">{{ .from }} {{ $counted }}</text><text class="strong" x="100%" y="12" dx="7" dy="4">{{ .to }} {{ $counted }}</text><line class="c-pace" x1="0%" x2="100%" y1="84" y2="12"/><g class="c-line">
{{ $x := 0.0 }}{{ $y := 84.0 }}{{ range $at, $check := $checks }}{{ $nx := mul (add $at 1) 4.35 }}{{ $ny := sub 84.0 (mul 72.0 (div (sub .value $from) $way)) }}<line x1="{{ $x }}%" x2="{{ $nx }}%" y1="{{ printf "%.2f" $y }}" y2="{{ printf "%.2f" $ny }}"/><circle class="c-dot" cx="{{ $nx }}%" cy="{{ printf "%.2f" $ny }}" r="3"/><line class="c-sure" x1="{{ $nx }}%" x2="{{ $nx }}%" y1="124" y2="{{ printf "%.2f" (sub 124.0 (mul 18.0 .confidence)) }}"/>{{ $x = $nx }}{{ $y = $ny }}{{ end }}</g><text x="{{ $x }}%" y="121" dx="9">confidence {{ $last.confidence }}</text></svg></div>
<details class="data"><summary>{{ len $checks }} check-ins</summary><table><thead><tr><th scope="col">Day</th><th scope="col">Value</th><th scope="col">Confidence</th><th scope="col">Note</th></tr></thead><tbody>{{ range $checks }}<tr><td>{{ time.Format "2 Jan 2006" .on }}</td><td>{{ .value }} {{ $counted }}</td><td>{{ .confidence }}</td><td>{{ .note | markdownify }}</td></tr>{{ end }}</tbody></table></details></figure></div></section>
{{ range $objective.supports }}{{ $above := partial "place.html" (dict "cycle" $section "place" .) }}<div class="above"><h4>Supports, in {{ with $unit.within }}{{ (index site.Data.units .).name }}{{ end }}</h4><ul class="links"><li><a href="{{ $above.url }}">{{ $above.title }}</a><span>{{ $above.within }}</span></li></ul></div>{{ end }}
{{ with index $supported (printf "%s/%s" $name $id) }}<div class="below"><h4>Supported by</h4><ul class="links">{{ range first 5 . }}<li><a href="{{ .url }}">{{ .title }}</a><span>{{ .unit }}</span></li>{{ end }}</ul><details class="more"><summary>more</summary><ul class="links">{{ range after 5 . }}<li><a href="{{ .url }}">{{ .title }}</a><span>{{ .unit }}</span></li>{{ end }}</ul></details></div>{{ end }}</div>
{{ end }}{{ end }}
{{ if .Params.feedback }}<section class="part" id="part-feedback"><h2>Round trip <span>{{ len .Params.feedback }} of feedback</span></h2>{{ range .Params.feedback }}{{ $about := partial "place.html" (dict "cycle" $section "place" (printf "%s/%s" $name .about)) }}<div class="exchange"><div><p class="by"><b>{{ .by }}</b>, {{ time.Format "2 January 2006" .on }}, <a href="{{ $about.url }}">{{ $about.title }}</a></p><blockquote>{{ .says | markdownify }}</blockquote></div><div class="answer"><p class="by"><b>{{ $page.Params.owner }}</b> <span class="outcome s-ink">{{ .outcome }}</span></p><blockquote>{{ .reply | markdownify }}</blockquote></div></div>{{ end }}</section>
<section class="part" id="part-investments"><h2>Investments</h2><ul class="invest">{{ range .Params.investment }}<li id="{{ .id }}"><p class="share">{{ .capacity }} % <small>of capacity</small></p><div><h3>{{ .title | markdownify }}</h3><p class="meta">{{ .why | markdownify }}</p><p class="meta"><span>Advances {{ range .advances }}{{ $to := partial "place.html" (dict "cycle" $section "place" .) }}<a href="{{ $to.url }}">{{ $to.title }}</a> {{ end }}</span></p></div></li>{{ end }}</ul></section>
<section class="part" id="part-signatures"><h2>Signatures</h2><div class="pair sign">{{ range .Params.approval }}<div class="party"><h3>{{ index . "as" }}</h3><ul><li><span>{{ .by }}</span><span class="when">{{ time.Format "2 January 2006" .on }}</span></li></ul></div>{{ end }}</div></section>{{ end }}
{{ range .Params.theme }}<h2 id="{{ .id }}">{{ .title }}</h2>{{ end }}
<nav class="pager" aria-label="{{ $name }} in other cycles">{{ with $other.previous }}{{ with site.GetPage (printf "/%s/%s" . $name) }}<a rel="prev" href="{{ .RelPermalink }}"><span>{{ .Section }}</span><b>{{ $name }}</b></a>{{ end }}{{ end }}{{ with $other.next }}{{ with site.GetPage (printf "/%s/%s" . $name) }}<a rel="next" href="{{ .RelPermalink }}"><span>{{ .Section }}</span><b>{{ $name }}</b></a>{{ end }}{{ end }}</nav></article>{{ end }}
"##;

const HUGO_LIST: &str = r##"{{ define "main" }}<h1>{{ .Title }}</h1><table>{{ range .Pages }}<tr><td><a href="{{ .RelPermalink }}">{{ .Title }}</a></td><td>{{ .Params.owner }}</td><td>{{ range .Params.objective }}{{ .title }}; {{ end }}</td></tr>{{ end }}</table>{{ end }}
"##;

const ZOLA: &str = "base_url = \"https://example.com\"\ntitle = \"A measured handbook\"\ngenerate_feeds = false\nbuild_search_index = false\n";

const ZOLA_BASE: &str = r##"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{% block title %}{% endblock %}</title></head>
<body><header><a href="/">{{ config.title }}</a>
{% set home = get_section(path="_index.md", metadata_only=true) %}<ul>{% for sub in home.subsections %}{% set cycle = get_section(path=sub, metadata_only=true) %}<li><a href="{{ cycle.path }}">{{ cycle.title }}</a></li>{% endfor %}</ul></header>
<main>{% block main %}{% endblock %}</main></body></html>
"##;

const ZOLA_PAGE: &str = r##"{% extends "base.html" %}{% block title %}{{ page.title }}{% endblock %}{% block main %}
{% set cycle = page.components | first %}
<h1>{{ page.title }}</h1><p>{{ cycle }}, {{ page.extra.owner | default(value="") }}, shared {{ page.extra.shared }}</p>
{% if page.extra.objective %}<ol>{% for objective in page.extra.objective %}<li><a href="#{{ objective.id }}">{{ objective.title }}</a></li>{% endfor %}</ol>
{% for objective in page.extra.objective %}
<section id="{{ objective.id }}"><p><b>Objective {{ loop.index }}</b> {% for theme in objective.themes %}<a href="/{{ cycle }}/direction/#{{ theme }}">{{ theme }}</a> {% endfor %}</p>
<h2>{{ objective.title }} <a href="#{{ objective.id }}" aria-label="Link to “{{ objective.title }}”">#</a></h2><p>{{ objective.why | markdown(inline=true) | safe }}</p>
{% for kr in objective["key-result"] %}{% set checks = kr["check-in"] %}{% set way = kr.to - kr.from %}{% set unit = kr["measured-in"] %}{% set last = checks | last %}
<section id="{{ objective.id }}/{{ kr.id }}"><h3>{{ kr.title | markdown(inline=true) | safe }} <a href="#{{ objective.id }}/{{ kr.id }}" aria-label="Link to “{{ kr.title }}”">#</a></h3>
<p>{{ kr.from }} → <b>{{ kr.to }} {{ unit }}</b></p><p>{{ page.extra.owner }}</p>
<figure><figcaption><b>{{ last.value }} {{ unit }}</b> {{ 100 * (last.value - kr.from) / way | round }} % of the way</figcaption>
<svg height="126" role="img" aria-label="{{ checks | length }} check-ins"><line x1="0%" x2="100%" y1="12" y2="12"/><line x1="0%" x2="100%" y1="84" y2="12"/>
{% for check in checks %}{% set x = loop.index0 * 4.35 %}{% set nx = loop.index * 4.35 %}{% set y = 84 - 72 * (check.value - kr.from) / way %}<line x1="{{ x }}%" x2="{{ nx }}%" y1="{{ y | round(precision=2) }}" y2="{{ y | round(precision=2) }}"/><circle cx="{{ nx }}%" cy="{{ y | round(precision=2) }}" r="3"/><line x1="{{ nx }}%" x2="{{ nx }}%" y1="124" y2="{{ 124 - 18 * check.confidence | round(precision=2) }}"/>{% endfor %}</svg>
<details><summary>{{ checks | length }} check-ins</summary><table><thead><tr><th>Day</th><th>Value</th><th>Confidence</th><th>Note</th></tr></thead><tbody>{% for check in checks %}<tr><td>{{ check.on }}</td><td>{{ check.value }} {{ unit }}</td><td>{{ check.confidence }}</td><td>{{ check.note | markdown(inline=true) | safe }}</td></tr>{% endfor %}</tbody></table></details></figure>
{% if objective.supports %}{% for support in objective.supports %}{% set parts = support | split(pat="/") %}{% set above = get_page(path=cycle ~ "/" ~ parts[0] ~ ".md") %}{% for theirs in above.extra.objective %}{% if theirs.id == parts[1] %}{% for their in theirs["key-result"] %}{% if their.id == parts[2] %}<h4>Supports, in {{ above.title }}</h4><ul><li><a href="{{ above.path }}#{{ theirs.id }}/{{ their.id }}">{{ their.title }}</a> <span>{{ theirs.title }}</span></li></ul>{% endif %}{% endfor %}{% endif %}{% endfor %}{% endfor %}{% endif %}
</section>{% endfor %}</section>{% endfor %}{% endif %}
{% if page.extra.feedback %}{% for item in page.extra.feedback %}<p>{{ item.by }}, {{ item.on }}, on {{ item.about }}</p><blockquote>{{ item.says | markdown(inline=true) | safe }}</blockquote><p>{{ item.outcome }}: {{ item.reply | markdown(inline=true) | safe }}</p>{% endfor %}{% endif %}
{% if page.extra.investment %}{% for item in page.extra.investment %}<h3>{{ item.title }}</h3><p>{{ item.capacity }} %, {{ item.why | markdown(inline=true) | safe }} {% for to in item.advances %}{{ to }} {% endfor %}</p>{% endfor %}{% endif %}
{% if page.extra.approval %}{% for item in page.extra.approval %}<p>{{ item.by }} {{ item.on }}</p>{% endfor %}{% endif %}
{% if page.extra.theme %}{% for item in page.extra.theme %}<h2 id="{{ item.id }}">{{ item.title }}</h2>{% endfor %}{% endif %}
{{ page.content | safe }}{% endblock %}
"##;

const ZOLA_LIST: &str = r##"{% extends "base.html" %}{% block title %}{{ section.title }}{% endblock %}{% block main %}<h1>{{ section.title }}</h1><table>{% for page in section.pages %}<tr><td><a href="{{ page.path }}">{{ page.title }}</a></td><td>{{ page.extra.owner | default(value="") }}</td><td>{% if page.extra.objective %}{% for objective in page.extra.objective %}{{ objective.title }}; {% endfor %}{% endif %}</td></tr>{% endfor %}</table>{% endblock %}
"##;

const ZOLA_HOME: &str = r##"{% extends "base.html" %}{% block title %}{{ section.title }}{% endblock %}{% block main %}<h1>{{ config.title }}</h1>{% endblock %}
"##;
