// Package browser shows pages and pictures to a headless Chromium, for tests
// that want to know what a reader will see. A test is skipped where there is
// no Chromium.
package browser

import (
	"bytes"
	"context"
	"image"
	_ "image/png" // the format of screenshots
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// names are what the binary is called, here and there.
var names = []string{"chromium", "chromium-browser", "google-chrome", "chrome"}

// patience is how long a page may take. It is far more than it needs.
const patience = time.Minute

// A Browser is a Chromium that can be started.
type Browser struct{ binary string }

// Find returns the browser of this machine, or skips the test. The variable
// CHANLINT_BROWSER names another binary, or none if it is "off".
func Find(t testing.TB) *Browser {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes long")
	}
	candidates := names
	if v := os.Getenv("CHANLINT_BROWSER"); v != "" {
		candidates = []string{v}
	}
	for _, name := range candidates {
		if binary, err := exec.LookPath(name); err == nil {
			return &Browser{binary}
		}
	}
	t.Skipf("no browser looks at the page: there is none of %s in PATH", strings.Join(candidates, ", "))
	return nil
}

// A View is what the browser makes of a file.
type View struct {
	DOM    string   // after the scripts have run
	Errors []string // on the console
}

// Open loads a file and returns what comes of it.
func (b *Browser) Open(t testing.TB, file string) View {
	t.Helper()
	out, log := b.run(t, "--dump-dom", address(t, file))
	return View{DOM: out, Errors: regexp.MustCompile(`(?m)^.*:CONSOLE[:(].*$`).FindAllString(log, -1)}
}

// Screenshot shows a file in a window of the given size and returns the
// picture. Colors is "light" or "dark".
func (b *Browser) Screenshot(t testing.TB, file, colors string, width, height int) image.Image {
	t.Helper()
	shot := filepath.Join(t.TempDir(), "shot.png")
	scheme := map[string]string{"light": "1", "dark": "0"}[colors]
	size := image.Pt(width, height).String() // "(1,2)"
	b.run(t, "--screenshot="+shot, "--window-size="+strings.Trim(size, "()"), "--blink-settings=preferredColorScheme="+scheme, address(t, file))
	f, err := os.Open(shot)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, _, err := image.Decode(f)
	if err != nil {
		t.Fatalf("decoding the screenshot: %v", err)
	}
	return img
}

// run runs the browser with a profile of its own, and without the network.
func (b *Browser) run(t testing.TB, args ...string) (out, log string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	common := []string{
		"--headless", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-extensions",
		"--enable-logging=stderr", "--user-data-dir=" + t.TempDir(),
		"--host-resolver-rules=MAP * ~NOTFOUND",
		"--no-sandbox", // root has none, and the page is ours
	}
	var stdout, stderr bytes.Buffer
	cmd := exec.CommandContext(ctx, b.binary, append(common, args...)...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("running %s: %v\n%s", b.binary, err, &stderr)
	}
	return stdout.String(), stderr.String()
}

func address(t testing.TB, file string) string {
	t.Helper()
	abs, err := filepath.Abs(file)
	if err != nil {
		t.Fatal(err)
	}
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(abs)}).String()
}

// Colors counts the colors of a picture. A blank page has one.
func Colors(img image.Image) int {
	seen := make(map[[4]uint32]bool)
	bounds := img.Bounds()
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			r, g, b, a := img.At(x, y).RGBA()
			seen[[4]uint32{r, g, b, a}] = true
		}
	}
	return len(seen)
}

// Brightness is that of the corner of a picture, from 0 to 1: of the
// background.
func Brightness(img image.Image) float64 {
	at := img.Bounds().Min
	r, g, b, _ := img.At(at.X, at.Y).RGBA()
	return float64(r+g+b) / (3 * 0xffff)
}
