//! The same handbook for other generators, where they are installed: the same documents, and templates
//! that show of each what okrbook shows: objectives with what they support by its title, key results with
//! a chart and a table of their check-ins, investments, feedback, signatures; and a page a cycle.
//!
//! They check nothing, know no people, units or timelines, and make about two thirds as many pages.

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

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder can be made");
    fs::write(path, text).expect("a file can be written");
}

const HUGO: &str = "baseURL = \"/\"\ntitle = \"A measured handbook\"\ndisableKinds = [\"taxonomy\", \"term\", \"RSS\", \"sitemap\", \"404\"]\n[markup.highlight]\nnoClasses = false\n";

const HUGO_BASE: &str = r##"<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{{ .Title }} · {{ .Site.Title }}</title></head>
<body><header><a href="/">{{ .Site.Title }}</a>
<ul>{{ range .Site.Sections }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul></header>
<main>{{ block "main" . }}{{ end }}</main></body></html>
"##;

const HUGO_PAGE: &str = r##"{{ define "main" }}{{ $page := . }}
<h1>{{ .Title }}</h1><p>{{ .Section }}, {{ .Params.owner }}, shared {{ .Params.shared }}</p>
<ol>{{ range .Params.objective }}<li><a href="#{{ .id }}">{{ .title }}</a></li>{{ end }}</ol>
{{ range $of, $objective := .Params.objective }}
<section id="{{ .id }}"><p><b>Objective {{ add $of 1 }}</b> {{ range .themes }}<a href="/{{ $page.Section }}/direction/#{{ . }}">{{ . }}</a> {{ end }}</p>
<h2>{{ .title }} <a href="#{{ .id }}" aria-label="Link to “{{ .title }}”">#</a></h2><p>{{ .why | markdownify }}</p>
{{ range index . "key-result" }}{{ $id := printf "%s/%s" $objective.id .id }}{{ $from := float .from }}{{ $way := sub (float .to) $from }}{{ $checks := index . "check-in" }}{{ $unit := index . "measured-in" }}
<section id="{{ $id }}"><h3>{{ .title | markdownify }} <a href="#{{ $id }}" aria-label="Link to “{{ .title }}”">#</a></h3>
<p>{{ .from }} → <b>{{ .to }} {{ $unit }}</b></p><p>{{ $page.Params.owner }}</p>
<figure>{{ with index $checks (sub (len $checks) 1) }}<figcaption><b>{{ .value }} {{ $unit }}</b> {{ math.Round (mul 100 (div (sub .value $from) $way)) }} % of the way</figcaption>{{ end }}
<svg height="126" role="img" aria-label="{{ len $checks }} check-ins"><line x1="0%" x2="100%" y1="12" y2="12"/><line x1="0%" x2="100%" y1="84" y2="12"/>
{{ $x := 0.0 }}{{ $y := 84.0 }}{{ range $at, $check := $checks }}{{ $nx := mul (add $at 1) 4.35 }}{{ $ny := sub 84.0 (mul 72.0 (div (sub .value $from) $way)) }}<line x1="{{ $x }}%" x2="{{ $nx }}%" y1="{{ printf "%.2f" $y }}" y2="{{ printf "%.2f" $ny }}"/><circle cx="{{ $nx }}%" cy="{{ printf "%.2f" $ny }}" r="3"/><line x1="{{ $nx }}%" x2="{{ $nx }}%" y1="124" y2="{{ printf "%.2f" (sub 124.0 (mul 18.0 .confidence)) }}"/>{{ $x = $nx }}{{ $y = $ny }}{{ end }}</svg>
<details><summary>{{ len $checks }} check-ins</summary><table><thead><tr><th>Day</th><th>Value</th><th>Confidence</th><th>Note</th></tr></thead><tbody>{{ range $checks }}<tr><td>{{ .on }}</td><td>{{ .value }} {{ $unit }}</td><td>{{ .confidence }}</td><td>{{ .note | markdownify }}</td></tr>{{ end }}</tbody></table></details></figure>
{{ range $objective.supports }}{{ $parts := split . "/" }}{{ with $page.Site.GetPage (printf "/%s/%s" $page.Section (index $parts 0)) }}{{ $above := . }}{{ range .Params.objective }}{{ if eq .id (index $parts 1) }}{{ $theirs := . }}{{ range index . "key-result" }}{{ if eq .id (index $parts 2) }}<h4>Supports, in {{ $above.Title }}</h4><ul><li><a href="{{ $above.RelPermalink }}#{{ $theirs.id }}/{{ .id }}">{{ .title }}</a> <span>{{ $theirs.title }}</span></li></ul>{{ end }}{{ end }}{{ end }}{{ end }}{{ end }}{{ end }}
</section>{{ end }}</section>{{ end }}
{{ range .Params.feedback }}<p>{{ .by }}, {{ .on }}, on {{ .about }}</p><blockquote>{{ .says | markdownify }}</blockquote><p>{{ .outcome }}: {{ .reply | markdownify }}</p>{{ end }}
{{ range .Params.investment }}<h3>{{ .title }}</h3><p>{{ .capacity }} %, {{ .why | markdownify }} {{ range .advances }}{{ . }} {{ end }}</p>{{ end }}
{{ range .Params.approval }}<p>{{ .by }} {{ .on }}</p>{{ end }}
{{ range .Params.theme }}<h2 id="{{ .id }}">{{ .title }}</h2>{{ end }}
{{ .Content }}{{ end }}
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
