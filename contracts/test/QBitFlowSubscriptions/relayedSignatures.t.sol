// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {IQBitFlowSubscriptions, Mandate, MandateStatus} from "../../src/interfaces/IQBitFlowSubscriptions.sol";
import {Deployed} from "../support/Deployed.sol";
import {MandateSigning} from "../support/MandateSigning.sol";
import {SubscriptionsTest} from "../support/SubscriptionsTest.sol";
import {vm} from "../support/Vm.sol";

/// @notice Each signature that somebody relays, sent again: here, on a fork, to another contract, as another one.
contract RelayedSignaturesTest is SubscriptionsTest {
    uint256 private constant DEADLINE = NOW + 60;
    uint256 private constant ACTIONS = 3;

    Mandate private terms;

    function setUp() public override {
        super.setUp();
        Mandate memory plan = mandate();
        plan.plan.kind = 1;
        terms = plan;
        activate(terms);
    }

    function test_twice() public {
        bytes memory raise = callOf(0, signatureOf(0, 0));
        take(subscriptions, raise);
        refuse(subscriptions, raise);
        bytes memory stopping = callOf(1, signatureOf(1, 1));
        take(subscriptions, stopping);
        refuse(subscriptions, stopping);
        bytes memory ending = callOf(2, signatureOf(2, 2));
        take(subscriptions, ending);
        refuse(subscriptions, ending);
    }

    function test_on_a_fork_of_the_chain() public {
        for (uint256 action = 0; action < ACTIONS; action++) {
            bytes memory call = callOf(action, signatureOf(action, 0));
            uint256 before = vm.snapshotState();
            vm.chainId(999);
            refuse(subscriptions, call);
            vm.revertToState(before);
            take(subscriptions, call);
            vm.revertToState(before);
        }
    }

    function test_on_another_contract() public {
        IQBitFlowSubscriptions other = Deployed.subscriptions();
        other.activate(terms, MandateSigning.sign(SUBSCRIBER_KEY, address(other), hashOf(terms)));
        for (uint256 action = 0; action < ACTIONS; action++) {
            refuse(other, callOf(action, signatureOf(action, 0)));
        }
    }

    function test_for_another_mandate_of_the_same_subscriber() public {
        bytes[3] memory signatures = [signatureOf(0, 0), signatureOf(1, 0), signatureOf(2, 0)];
        terms.nonce = 2;
        activate(terms);
        for (uint256 action = 0; action < ACTIONS; action++) {
            refuse(subscriptions, callOf(action, signatures[action]));
        }
    }

    function test_as_another_action() public {
        for (uint256 signed = 0; signed < ACTIONS; signed++) {
            for (uint256 sent = 0; sent < ACTIONS; sent++) {
                if (sent != signed) refuse(subscriptions, callOf(sent, signatureOf(signed, 0)));
            }
        }
        assertStatus(terms, MandateStatus.Active, "nothing happened");
    }

    function test_by_somebody_else_with_a_wrong_nonce_or_late() public {
        for (uint256 action = 0; action < ACTIONS; action++) {
            refuse(subscriptions, callOf(action, signed(structHash(action, 0), ATTACKER_KEY)));
            refuse(subscriptions, callOf(action, signatureOf(action, 1)));
        }
        bytes[3] memory calls =
            [callOf(0, signatureOf(0, 0)), callOf(1, signatureOf(1, 0)), callOf(2, signatureOf(2, 0))];
        vm.warp(DEADLINE + 1);
        for (uint256 action = 0; action < ACTIONS; action++) {
            refuse(subscriptions, calls[action]);
        }
        assertStatus(terms, MandateStatus.Active, "nothing happened");
    }

    /// @dev One signature uses up the nonce of all that were signed beside it.
    function test_of_two_signatures_with_one_nonce_one_counts() public {
        bytes memory ending = callOf(1, signatureOf(1, 0));
        take(subscriptions, callOf(0, signatureOf(0, 0)));
        refuse(subscriptions, ending);
    }

    /// @dev A mandate is signed, too; its signature changes nothing about it.
    function test_the_mandates_own_signature_is_none_of_them() public {
        bytes memory own = signed(terms, SUBSCRIBER_KEY);
        for (uint256 action = 0; action < ACTIONS; action++) {
            refuse(subscriptions, callOf(action, own));
        }
    }

    function structHash(uint256 action, uint256 nonce) private view returns (bytes32) {
        bytes32 hash = hashOf(terms);
        if (action == 0) return MandateSigning.setMaximum(hash, 900e6, nonce, DEADLINE);
        if (action == 1) return MandateSigning.stop(hash, nonce, DEADLINE);
        return MandateSigning.cancel(hash, nonce, DEADLINE);
    }

    function signatureOf(uint256 action, uint256 nonce) private view returns (bytes memory) {
        return signed(structHash(action, nonce), SUBSCRIBER_KEY);
    }

    function callOf(uint256 action, bytes memory signature) private view returns (bytes memory) {
        bytes32 planHash = planHashOf(terms);
        if (action == 0) {
            return abi.encodeCall(subscriptions.setMaximumSigned, (headOf(terms), planHash, 900e6, DEADLINE, signature));
        }
        if (action == 1) return abi.encodeCall(subscriptions.stopSigned, (terms, DEADLINE, signature));
        return abi.encodeCall(subscriptions.cancelSigned, (headOf(terms), planHash, DEADLINE, signature));
    }

    function take(IQBitFlowSubscriptions target, bytes memory call) private {
        (bool success,) = address(target).call(call);
        vm.assertTrue(success, "it is taken");
    }

    function refuse(IQBitFlowSubscriptions target, bytes memory call) private {
        (bool success,) = address(target).call(call);
        vm.assertTrue(!success, "it is refused");
    }
}
