package dev.agentflags.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;

/** How a document is written: objects indented by two spaces, lists on one line, as people write them. */
final class Layout extends DefaultPrettyPrinter {

    private static final long serialVersionUID = 1;

    Layout() {
        _objectIndenter = new DefaultIndenter("  ", "\n");
        _arrayIndenter = NopIndenter.instance;
    }

    private Layout(Layout other) {
        super(other);
    }

    @Override
    public DefaultPrettyPrinter createInstance() {
        return new Layout(this);
    }

    @Override
    public void writeObjectFieldValueSeparator(JsonGenerator generator) throws IOException {
        generator.writeRaw(": ");
    }

    @Override
    public void writeArrayValueSeparator(JsonGenerator generator) throws IOException {
        generator.writeRaw(", ");
    }

    @Override
    public void writeEndObject(JsonGenerator generator, int fields) throws IOException {
        if (fields == 0) {
            generator.writeRaw("}");
            _nesting--;
        } else {
            super.writeEndObject(generator, fields);
        }
    }

    @Override
    public void writeEndArray(JsonGenerator generator, int items) throws IOException {
        if (items == 0) {
            generator.writeRaw("]");
        } else {
            super.writeEndArray(generator, items);
        }
    }
}
