package dev.agentflags.benchmarks.peers.growthbook;

import com.sdk.growthbook.network.NetworkDispatcher;
import com.sdk.growthbook.utils.Resource;
import java.util.Map;
import kotlin.Unit;
import kotlin.jvm.functions.Function1;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.JobKt;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowKt;

/** What the SDK takes for its network: every request is answered at once by one document. */
record OneDocument(String document) implements NetworkDispatcher {

    @Override
    public Job consumeGETRequest(
            String url, Function1<? super String, Unit> onSuccess, Function1<? super Throwable, Unit> onError) {
        onSuccess.invoke(document);
        var done = JobKt.Job(null);
        done.complete();
        return done;
    }

    @Override
    public Flow<Resource<String>> consumeSSEConnection(String url) {
        return FlowKt.emptyFlow();
    }

    @Override
    public void consumePOSTRequest(
            String url,
            Map<String, ?> body,
            Function1<? super String, Unit> onSuccess,
            Function1<? super Throwable, Unit> onError) {
        onSuccess.invoke(document);
    }
}
