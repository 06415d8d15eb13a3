package org.skillvoucher.simulator.yaml;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.keyword.AbstractKeyword;
import com.networknt.schema.keyword.BaseKeywordValidator;
import com.networknt.schema.keyword.KeywordValidator;
import com.networknt.schema.path.NodePath;
import java.time.Duration;
import java.util.function.IntPredicate;

/**
 * The schema keywords {@code atLeast} and {@code atMost}: bounds of a duration, which a pattern
 * cannot express because the units differ. A text that is not a duration is the pattern's to
 * report.
 */
final class DurationLimit extends AbstractKeyword {
  static final DurationLimit AT_LEAST = new DurationLimit("atLeast", order -> order >= 0);
  static final DurationLimit AT_MOST = new DurationLimit("atMost", order -> order <= 0);

  private final IntPredicate holds;

  /**
   * @param holds whether the bound holds, given how the value compares to it
   */
  private DurationLimit(String keyword, IntPredicate holds) {
    super(keyword);
    this.holds = holds;
  }

  @Override
  public KeywordValidator newValidator(
      SchemaLocation location, JsonNode limit, Schema parent, SchemaContext context) {
    Duration bound = DurationText.parse(limit.asText()).orElseThrow();
    return new BaseKeywordValidator(this, limit, location, parent, context) {
      @Override
      public void validate(
          ExecutionContext execution, JsonNode node, JsonNode root, NodePath instance) {
        DurationText.parse(node.asText())
            .filter(duration -> !holds.test(duration.compareTo(bound)))
            .ifPresent(
                duration ->
                    execution.addError(
                        error()
                            .instanceNode(node)
                            .instanceLocation(instance)
                            .evaluationPath(execution.getEvaluationPath())
                            .build()));
      }
    };
  }
}
