//! The views as the sources declare them: each struct that templates are given, field by field.

use std::collections::BTreeMap;
use std::path::Path;

/// A field of a view.
#[derive(Debug)]
pub struct Field {
    /// What a template calls it.
    pub name: String,
    /// Its type, as it is declared.
    pub of: String,
    /// What it means: its documentation.
    pub means: String,
}

/// A struct that is given to templates.
#[derive(Debug)]
pub struct View {
    /// What it is.
    pub means: String,
    /// In the order of the declaration.
    pub fields: Vec<Field>,
}

/// The name of a struct, and the file that declares it: `Row` is the name of several.
pub type Name = (String, String);

/// What the files of `src/pages` declare.
#[derive(Debug, Default)]
pub struct Declared {
    /// Every struct that can be serialised.
    pub views: BTreeMap<Name, View>,
    /// The struct of each template, by the template's name without its ending.
    pub templates: BTreeMap<String, Name>,
    /// The templates of the built-in theme, by name without the ending.
    pub markup: BTreeMap<String, String>,
    files: BTreeMap<String, String>,
}

impl Declared {
    /// Reads the sources.
    pub fn read(root: &Path) -> Self {
        let mut declared = Self::default();
        let files = walkdir::WalkDir::new(root.join("src/pages")).into_iter().filter_map(Result::ok);
        for file in files.filter(|file| file.path().extension().is_some_and(|ending| ending == "rs")) {
            let path = file.path().strip_prefix(root).unwrap().to_string_lossy().replace('\\', "/");
            let text = std::fs::read_to_string(file.path()).unwrap();
            declared.structs(&path, &text);
            declared.files.insert(path, text);
        }
        for file in std::fs::read_dir(root.join("themes/default/templates")).unwrap() {
            let path = file.unwrap().path();
            let name = path.file_stem().unwrap().to_string_lossy().into_owned();
            declared.markup.insert(name, std::fs::read_to_string(path).unwrap());
        }
        for (path, text) in &declared.files {
            for (at, open) in text.match_indices("kind: \"") {
                let rest = &text[at + open.len()..];
                let (kind, rest) = rest.split_once('"').unwrap();
                let variant = rest.split_once("View::").map_or("", |(_, rest)| rest);
                let variant = variant.split('(').next().unwrap();
                let name = declared.resolve(path, &format!("{variant}View"));
                declared.templates.insert(kind.to_owned(), name);
            }
        }
        declared
    }

    fn structs(&mut self, path: &str, text: &str) {
        let lines: Vec<&str> = text.lines().take_while(|line| *line != "#[cfg(test)]").collect();
        for (at, line) in lines.iter().enumerate() {
            let derives = lines[..at].iter().rev().take_while(|line| line.starts_with('#'));
            let is_given = derives.clone().any(|line| line.contains("derive") && line.contains("Serialize"));
            let Some((_, name)) = line.split_once("struct ").filter(|_| is_given && line.ends_with('{'))
            else {
                continue;
            };
            let above = at - derives.count();
            let view = View { means: documentation(&lines[..above], ""), fields: fields(&lines[at + 1..]) };
            let name = name.split([' ', '<']).next().unwrap().to_owned();
            self.views.insert((name, path.to_owned()), view);
        }
    }

    /// The struct that a name means in a file.
    pub fn resolve(&self, path: &str, name: &str) -> Name {
        let last = name.rsplit("::").next().unwrap();
        let own = (last.to_owned(), path.to_owned());
        if !name.contains("::") && self.views.contains_key(&own) {
            return own;
        }
        let all: Vec<&Name> = self.views.keys().filter(|(known, _)| known == last).collect();
        if let [only] = all[..] {
            return only.clone();
        }
        // of several the one whose module is named before it, here or where it is imported
        let uses = self.files[path].lines().filter(|line| line.starts_with("use "));
        let uses: Vec<&str> = uses.filter(|line| line.contains(last)).chain([name]).collect();
        let module =
            |path: &str| path.trim_end_matches(".rs").rsplit('/').next().unwrap_or_default().to_owned();
        let named = all
            .into_iter()
            .filter(|(_, file)| uses.iter().any(|line| line.contains(&format!("{}::", module(file)))));
        let named: Vec<&Name> = named.collect();
        assert_eq!(named.len(), 1, "{path} means one of {named:?} by {name}");
        named[0].clone()
    }
}

fn fields(lines: &[&str]) -> Vec<Field> {
    let mut fields = Vec::new();
    for (at, line) in lines.iter().enumerate().take_while(|(_, line)| **line != "}") {
        let line = line.trim();
        let Some((name, of)) = line.strip_suffix(',').and_then(|line| line.split_once(": ")) else {
            continue;
        };
        if line.starts_with("//") {
            continue;
        }
        let above = lines[..at].iter().rev().take_while(|line| line.trim().starts_with('#'));
        let hidden = above.clone().any(|line| line.contains("serde(skip)"));
        if hidden {
            continue;
        }
        let means = documentation(&lines[..at - above.count()], "    ");
        let name = name.rsplit(' ').next().unwrap().to_owned();
        fields.push(Field { name, of: of.to_owned(), means });
    }
    fields
}

/// The documentation that ends with the last of some lines.
fn documentation(lines: &[&str], indent: &str) -> String {
    let mark = format!("{indent}/// ");
    let mut said: Vec<&str> = lines.iter().rev().map_while(|line| line.strip_prefix(&mark)).collect();
    said.reverse();
    said.join(" ")
}
