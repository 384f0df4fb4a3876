package io.acmpintune.runtime.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tables of a Markdown page. */
public final class DocumentedTable {

    private static final Pattern ROW = Pattern.compile("\\| (`[^`]+`.*) \\|");
    private static final Pattern CODE = Pattern.compile("`([^`]*)`");

    private DocumentedTable() {}

    /** Returns the cells of every table row below a second-level heading whose first cell begins with code. */
    public static List<List<String>> rows(Path page, String heading) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        String section = "";
        for (String line : Files.readAllLines(page)) {
            section = line.startsWith("## ") ? line.substring(3) : section;
            Matcher row = ROW.matcher(line);
            if (section.equals(heading) && row.matches()) {
                rows.add(Arrays.stream(row.group(1).split("\\|")).map(String::strip).toList());
            }
        }
        return rows;
    }

    /** Returns the first piece of code in a cell, or an empty text. */
    public static String code(String cell) {
        Matcher code = CODE.matcher(cell);
        return code.find() ? code.group(1) : "";
    }
}
