import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Hands every Java file below the given folders to google-java-format: {@code --dry-run} fails on a
 * file which is not formatted, {@code replace} formats it. The formatter's own command line takes
 * files only, so this finds them; it also keeps the limit of 400 lines a file.
 */
final class Format {
  private static final int LINES_MAX = 400;

  private Format() {}

  public static void main(String[] arguments) throws Exception {
    boolean replace = arguments[0].equals("replace");
    List<Path> files = new ArrayList<>();
    for (int i = 1; i < arguments.length; i++) {
      Path folder = Path.of(arguments[i]);
      if (Files.isDirectory(folder)) {
        try (var found = Files.walk(folder)) {
          found.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
        }
      }
    }
    var formatter = new com.google.googlejavaformat.java.Formatter();
    int faults = 0;
    for (Path file : files) {
      String text = Files.readString(file);
      String formatted =
          com.google.googlejavaformat.java.RemoveUnusedImports.removeUnusedImports(
              com.google.googlejavaformat.java.ImportOrderer.reorderImports(
                  formatter.formatSource(text),
                  com.google.googlejavaformat.java.JavaFormatterOptions.Style.GOOGLE));
      if (!formatted.equals(text)) {
        if (replace) {
          Files.writeString(file, formatted);
        } else {
          System.err.println("not formatted: " + file);
          faults++;
        }
      }
      if (formatted.lines().count() > LINES_MAX) {
        System.err.println("over " + LINES_MAX + " lines: " + file);
        faults++;
      }
    }
    if (faults > 0) {
      System.err.println(
          "mend the format with: mvn process-classes exec:exec@format -Dformat.mode=replace");
      System.exit(1);
    }
  }
}
