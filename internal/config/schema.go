package config

import (
	"encoding/json"

	"go.yaml.in/yaml/v3"
)

// A key is an entry at the top of the configuration.
type key struct {
	name, about string
	flag        string // that says the same
	read        func(r *reader, flag string, n *yaml.Node)
	schema      func(passes []Pass) any
}

// keys are all of them, in the order of the manual.
var keys = []key{
	{"strict", "Report what needs a closer look, too.", "strict", readBool, boolean},
	{"tests", "Report in test files, too.", "tests", readBool, boolean},
	{"vet", "Run the standard checks of go vet as well.", "vet", readBool, boolean},
	{"enable", "Run only these passes.", "enable", readNames, names},
	{"disable", "Run all but these passes.", "disable", readNames, names},
	{"passes", "The flags of single passes.", "passes", readPasses, flags},
	{"output", "Formats to write, FORMAT or FORMAT=FILE.", "o", readOutputs, list},
	{"baseline", "The file with findings that are known.", "baseline", readPath, text},
	{"new-from-rev", "Report only on lines that have changed since this revision of git.", "new-from-rev", readString, text},
	{"build", "Flags of the go command, as -tags=integration.", "build", readBuild, list},
}

func text([]Pass) any    { return object{"type": "string"} }
func boolean([]Pass) any { return object{"type": "boolean"} }
func list([]Pass) any    { return object{"type": "array", "items": object{"type": "string"}} }

// An object is one of JSON.
type object map[string]any

// Schema returns the JSON schema of the configuration.
func Schema(passes []Pass) []byte {
	properties := object{}
	for _, k := range keys {
		s := k.schema(passes).(object)
		s["description"] = k.about
		properties[k.name] = s
	}
	data, err := json.MarshalIndent(object{
		"$schema":              "http://json-schema.org/draft-07/schema#",
		"$id":                  SchemaURL,
		"title":                "Configuration of chanlint",
		"type":                 []string{"object", "null"},
		"additionalProperties": false,
		"properties":           properties,
	}, "", "  ")
	if err != nil {
		panic("config: the schema is no JSON: " + err.Error())
	}
	return append(data, '\n')
}

// SchemaURL is where the schema is published.
const SchemaURL = "https://raw.githubusercontent.com/chanlint/chanlint/main/docs/config.schema.json"

// names is the schema of a list of passes. The standard checks count, too, so
// it is open.
func names(passes []Pass) any {
	var known []string
	for _, p := range passes {
		known = append(known, p.Name)
	}
	item := object{"anyOf": []any{object{"enum": known}, object{"type": "string"}}}
	return object{"type": "array", "items": item, "uniqueItems": true}
}

// flags is the schema of the flags of passes.
func flags(passes []Pass) any {
	all := object{}
	for _, p := range passes {
		properties := object{}
		for _, f := range p.Flags {
			kind := []string{"string", "number"}
			if f.Bool {
				kind = []string{"boolean"}
			}
			properties[f.Name] = object{"type": kind, "description": f.Usage}
		}
		all[p.Name] = object{
			"type": "object", "description": p.Summary, "additionalProperties": false, "properties": properties,
		}
	}
	return object{"type": "object", "properties": all}
}
